package io.jenkins.plugins.baton.fleet.ssh;

import java.nio.file.Path;

/** For who runs {@code baton}. */
record CommandLineRemedies(Path knownHosts) implements Remedies {
    @Override
    public String hostKeys() {
        return knownHosts.toString();
    }

    @Override
    public String addHostKey() {
        return "add it to " + knownHosts
                + " (another file: --known-hosts) or to `ssh: fingerprints` of the cluster file";
    }

    @Override
    public String replaceHostKey(String host) {
        return "remove the old line with `ssh-keygen -R " + Command.quote(host) + " -f "
                + Command.quote(knownHosts.toString()) + "`";
    }

    @Override
    public String otherLogin() {
        return "name another user (--user) or key (--identity)";
    }

    @Override
    public String password() {
        return "correct the password or the user";
    }

    @Override
    public String giveSudoPassword() {
        return "give the sudo password (--sudo-password-file)";
    }

    @Override
    public String sudoPassword() {
        return "correct the file of --sudo-password-file";
    }

    @Override
    public String oneKey() {
        return "name that with --identity";
    }
}
