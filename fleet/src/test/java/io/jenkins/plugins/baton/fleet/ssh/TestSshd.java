package io.jenkins.plugins.baton.fleet.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OpenSSH's own server on a loopback port, with its files in a temporary folder, which is its users' home too: a login
 * script of this machine would run at each login, and would be killed in its middle when the server ends.
 */
final class TestSshd implements AutoCloseable {
    static final String USER = System.getProperty("user.name");

    private final Path folder;
    private final int port;
    private final Process process;

    TestSshd(Path folder) throws Exception {
        this(folder, "");
    }

    /** @param settings more lines of sshd_config(5), which count before the usual ones */
    TestSshd(Path folder, String settings) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.port = freePort();
        if (USER.equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // where it shuts itself in; another user cannot
        }
        if (!Files.exists(hostKey())) {
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey().toString());
        }
        Path config = folder.resolve("sshd_config");
        Files.writeString(
                config, settings + "\n" + """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                PidFile none
                SetEnv HOME=%s
                """.formatted(port, hostKey(), folder.resolve("authorized_keys"), folder));
        Path log = folder.resolve("sshd.log");
        this.process = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitPort(log);
    }

    private void awaitPort(Path log) throws Exception {
        for (int i = 0; i < 300; i++) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("sshd did not start: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Makes a key pair that this server lets in. */
    Path authorizedKey(String name, String type, String passphrase) throws Exception {
        Path key = folder.resolve(name);
        run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", key.toString());
        Files.writeString(
                folder.resolve("authorized_keys"),
                Files.readString(Path.of(key + ".pub")),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
        return key;
    }

    int port() {
        return port;
    }

    Path hostKey() {
        return folder.resolve("host_key");
    }

    /** As {@code ssh-keygen -l} prints it. */
    String fingerprint() throws Exception {
        return run("ssh-keygen", "-lf", hostKey() + ".pub").split(" ")[1];
    }

    Path knownHosts() throws IOException {
        Path file = folder.resolve("known_hosts");
        Files.writeString(file, "[127.0.0.1]:" + port + " " + Files.readString(Path.of(hostKey() + ".pub")));
        return file;
    }

    Access access(Identity... identities) throws IOException {
        return access(new Trust(knownHosts(), List.of(), false), identities);
    }

    Access access(Trust trust, Identity... identities) {
        return new Access(
                USER, port, List.of(identities), trust, Optional.empty(), Optional.empty(), Duration.ofSeconds(20));
    }

    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** Ends the server and every connection. */
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        // Until it has ended the kernel still accepts connections for it.
        all.forEach(one -> one.onExit().join());
    }

    /** The same, by a jump host. */
    static Access through(Access direct, Access.Hop hop) {
        return new Access(
                direct.user(),
                direct.port(),
                direct.identities(),
                direct.trust(),
                Optional.of(hop),
                Optional.empty(),
                direct.connectTimeout());
    }
}
