package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.fleet.ssh.Remedies;

/**
 * For who writes a pipeline, or Jenkins' configuration.
 *
 * @param hostKeys where the keys of known hosts are, as it fits after "in"
 * @param fixed whether the step or a named cluster says so
 * @param credential by which the step logs in, as it fits after "correct"
 */
record StepRemedies(String hostKeys, boolean fixed, String credential) implements Remedies {
    @Override
    public String addHostKey() {
        return fixed
                ? "add it to " + hostKeys
                : "add it to a known_hosts file that the step names with knownHosts:, to the host keys of a named cluster in "
                        + "Jenkins' configuration, or to " + hostKeys + " on the Jenkins node";
    }

    @Override
    public String replaceHostKey(String host) {
        return "replace the line of " + host + " there";
    }

    @Override
    public String otherLogin() {
        return "give the step another credentialsId";
    }

    @Override
    public String password() {
        return "correct " + credential;
    }

    @Override
    public String giveSudoPassword() {
        return "give the step a credentialsId of a user with password";
    }

    @Override
    public String sudoPassword() {
        return password();
    }

    @Override
    public String oneKey() {
        return "give the step a credentialsId with that key alone";
    }
}
