package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.Ssh;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.ssh.Identity;
import io.jenkins.plugins.baton.fleet.ssh.Secret;
import io.jenkins.plugins.baton.fleet.ssh.SmallFile;
import io.jenkins.plugins.baton.fleet.ssh.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How to log in. What is not said here is taken from the cluster file's {@code ssh:}, then from OpenSSH's usual places. */
final class AccessOptions {
    @Option(names = "--user", paramLabel = "NAME", description = "Login name.")
    String user;

    @Option(names = "--ssh-port", paramLabel = "PORT", description = "SSH port of the nodes.")
    Integer port;

    @Option(
            names = {"-i", "--identity"},
            paramLabel = "FILE",
            description = "Private key. Default: the ssh-agent, then ~/.ssh/id_ed25519, id_ecdsa, id_rsa.")
    Path identity;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "File with the private key's passphrase on its first line.")
    Path passphraseFile;

    @Option(
            names = "--sudo-password-file",
            paramLabel = "FILE",
            description = "File with the password for sudo on its first line, if sudo asks for one.")
    Path sudoPasswordFile;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "File of accepted host keys, in OpenSSH's format.")
    Path knownHosts;

    @Option(
            names = "--accept-new",
            description = "Accept the key of a host that known_hosts does not have, and record it there. A changed key "
                    + "is still refused.")
    boolean acceptNew;

    @Option(names = "--jump", paramLabel = "[USER@]HOST[:PORT]", description = "Connect through this host.")
    String jump;

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "Time limit for connecting, and for each answer of the SSH server; its handshake and the login may "
                            + "take three times as long each. Default: ${DEFAULT-VALUE}.")
    int connectSeconds;

    Access access(Ssh file) throws FleetException {
        inRange("--ssh-port", port, 65_535);
        inRange("--connect-timeout", connectSeconds, 3_600);
        if (user != null && !user.matches(Ssh.LOGIN_NAME)) {
            throw FleetException.badInput("--user '" + user + "' is not a login name");
        }
        Path home = Path.of(System.getProperty("user.home"), ".ssh");
        String login = user == null ? file.user() : user;
        Path hosts = knownHosts != null ? knownHosts : file.knownHosts().orElse(home.resolve("known_hosts"));
        Trust trust = new Trust(hosts, file.fingerprints(), acceptNew);
        require(trust::remarks);
        Optional<String> hop = jump != null ? Optional.of(jump) : file.jump();
        return new Access(
                login,
                port == null ? file.port() : port,
                identities(file, home),
                trust,
                hop.isPresent() ? Optional.of(Access.Hop.parse(hop.get(), login)) : Optional.empty(),
                secret(sudoPasswordFile),
                Duration.ofSeconds(connectSeconds));
    }

    private interface FileCheck {
        void run() throws IOException;
    }

    private static void require(FileCheck check) throws FleetException {
        try {
            check.run();
        } catch (IOException e) {
            throw FleetException.badInput(e.getMessage());
        }
    }

    private static void inRange(String option, Integer value, int most) throws FleetException {
        if (value != null && (value < 1 || value > most)) {
            throw FleetException.badInput(option + " is a number from 1 to " + most + ", not " + value);
        }
    }

    private List<Identity> identities(Ssh file, Path home) throws FleetException {
        Optional<Secret> passphrase = secret(passphraseFile);
        Optional<Path> named = identity == null ? file.identity() : Optional.of(identity);
        if (named.isPresent()) {
            Identity.KeyFile key = new Identity.KeyFile(named.get(), passphrase);
            require(key::check);
            return List.of(key);
        }
        List<Identity> found = new ArrayList<>();
        String agent = System.getenv("SSH_AUTH_SOCK");
        if (agent != null && Files.exists(Path.of(agent))) {
            found.add(new Identity.Agent(Path.of(agent)));
        }
        for (String name : List.of("id_ed25519", "id_ecdsa", "id_rsa")) {
            if (Files.isReadable(home.resolve(name))) {
                found.add(new Identity.KeyFile(home.resolve(name), passphrase));
            }
        }
        return found;
    }

    private static Optional<Secret> secret(Path file) throws FleetException {
        if (file == null) {
            return Optional.empty();
        }
        try {
            String text = new String(SmallFile.readOnce("secret", file), StandardCharsets.UTF_8);
            return Optional.of(new Secret(text.lines().findFirst().orElse("")));
        } catch (IOException e) {
            throw FleetException.badInput(e.getMessage());
        }
    }
}
