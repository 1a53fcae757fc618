package io.jenkins.plugins.baton.jenkins.node;

import hudson.util.Secret;
import io.jenkins.plugins.baton.cluster.Ssh;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.ssh.Identity;
import io.jenkins.plugins.baton.fleet.ssh.Trust;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the nodes are logged in to. What is not said here is taken from the cluster file's {@code ssh:}.
 *
 * @param credential null: none was named
 * @param agentSocket of an ssh-agent that the build offers; null: none
 */
public record Login(Credential credential, HostKeys hostKeys, String agentSocket) implements Serializable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /**
     * A credential, taken out of Jenkins' store.
     *
     * @param id for messages
     * @param user login name
     * @param privateKeys texts of keys
     * @param passphrase of those keys; null: none
     * @param password for logging in, and for sudo where it asks; null: none
     */
    public record Credential(String id, String user, List<Secret> privateKeys, Secret passphrase, Secret password)
            implements Serializable {
        public Credential {
            privateKeys = List.copyOf(privateKeys);
        }

        private List<Identity> identities() {
            List<Identity> identities = new ArrayList<>();
            privateKeys.forEach(key ->
                    identities.add(new Identity.KeyText("of the credential " + id, plain(key), optional(passphrase))));
            optional(password).ifPresent(word -> identities.add(new Identity.Password(word)));
            return identities;
        }
    }

    /**
     * Which host keys are believed beside those that the cluster file states.
     *
     * @param path a known_hosts file on the Jenkins node; null: none
     * @param text lines of a known_hosts file; null: none
     * @param acceptNew whether the first key of an unknown host is believed
     * @param trustClusterFile whether those that the build's own cluster file states are believed with a password too
     */
    public record HostKeys(String path, String text, boolean acceptNew, boolean trustClusterFile)
            implements Serializable {
        /** The numbers, from 1, of the lines that are none of a known_hosts file. */
        public static List<Integer> unreadableLines(String text) {
            return Trust.unreadableLines(text);
        }

        private Path file(Optional<Path> ofClusterFile, Path scratch) throws IOException {
            if (path != null) {
                return Path.of(path);
            }
            if (isText()) {
                return Files.writeString(scratch.resolve("known_hosts"), text.strip() + "\n");
            }
            return ofClusterFile.orElse(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
        }

        private boolean isText() {
            return path == null && text != null && !text.isBlank();
        }

        private StepRemedies remedies(ClusterSource cluster, Path file, Credential credential) {
            String word = credential == null ? "the key" : "the credential " + credential.id();
            return isText()
                    ? new StepRemedies(
                            "the host keys of the cluster " + cluster.name() + " in Jenkins' configuration", true, word)
                    : new StepRemedies(file.toString(), path != null, word);
        }
    }

    /**
     * Whether host keys that a cluster file states are believed. A key never leaves the Jenkins node, but a password goes
     * to whatever host has the key that is believed: who changes a build's files must not choose both.
     */
    boolean believes(ClusterSource cluster) {
        return !cluster.isOfBuild()
                || hostKeys.trustClusterFile()
                || credential == null
                || credential.password() == null;
    }

    /** @param scratch a folder of this callable */
    Access access(Ssh ssh, ClusterSource cluster, Path scratch) throws FleetException, IOException {
        boolean believed = believes(cluster);
        String user = credential == null || credential.user().isBlank() ? ssh.user() : credential.user();
        Path knownHosts = hostKeys.file(believed ? ssh.knownHosts() : Optional.empty(), scratch);
        return new Access(
                user,
                ssh.port(),
                identities(ssh),
                new Trust(knownHosts, believed ? ssh.fingerprints() : List.of(), hostKeys.acceptNew()),
                ssh.jump().isPresent() ? Optional.of(Access.Hop.parse(ssh.jump().get(), user)) : Optional.empty(),
                credential == null ? Optional.empty() : optional(credential.password()),
                CONNECT,
                hostKeys.remedies(cluster, knownHosts, credential));
    }

    private List<Identity> identities(Ssh ssh) throws FleetException {
        if (credential != null) {
            return credential.identities();
        }
        if (ssh.identity().isPresent()) {
            return List.of(new Identity.KeyFile(ssh.identity().get(), Optional.empty()));
        }
        if (agentSocket != null) {
            return List.of(new Identity.Agent(Path.of(agentSocket)));
        }
        throw FleetException.badInput("there is nothing to log in to the nodes with. Give the step a credentialsId (an "
                + "SSH user with private key, or a user with password), or name a key file on the Jenkins node in "
                + "`ssh: identity` of the cluster file");
    }

    private static io.jenkins.plugins.baton.fleet.ssh.Secret plain(Secret secret) {
        return new io.jenkins.plugins.baton.fleet.ssh.Secret(secret.getPlainText());
    }

    private static Optional<io.jenkins.plugins.baton.fleet.ssh.Secret> optional(Secret secret) {
        return Optional.ofNullable(secret).map(Login::plain);
    }
}
