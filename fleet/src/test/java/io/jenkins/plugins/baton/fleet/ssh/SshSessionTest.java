package io.jenkins.plugins.baton.fleet.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against OpenSSH's own server. */
class SshSessionTest {
    @TempDir
    Path folder;

    private TestSshd sshd;
    private Identity key;

    @BeforeEach
    void start() throws Exception {
        sshd = new TestSshd(folder.resolve("node"));
        key = new Identity.KeyFile(sshd.authorizedKey("id", "ed25519", ""), Optional.empty());
    }

    @AfterEach
    void stop() {
        sshd.close();
    }

    private SshSession open(Access access) throws SshException {
        return SshSession.open("m1", "127.0.0.1", access);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
    void logsInWithAKeyOfEachKindAlsoWhenItIsEncrypted(String type) throws Exception {
        Path path = sshd.authorizedKey("encrypted", type, "open sesame");

        try (SshSession session =
                open(sshd.access(new Identity.KeyFile(path, Optional.of(new Secret("open sesame")))))) {
            assertThat(session.run(Command.asUser("echo hello")).output()).isEqualTo("hello\n");
        }
    }

    @Test
    void logsInWithAKeyThatIsNotOnDisk() throws Exception {
        Secret text = new Secret(Files.readString(folder.resolve("node/id")));

        try (SshSession session = open(sshd.access(new Identity.KeyText("credential", text, Optional.empty())))) {
            assertThat(session.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void logsInWithTheKeysOfAnSshAgent(String type) throws Exception {
        Path path = sshd.authorizedKey("in-agent", type, "");
        Path socket = folder.resolve("agent.sock");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            while (!Files.exists(socket)) {
                Thread.sleep(50);
            }
            TestSshd.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", path.toString());

            try (SshSession session = open(sshd.access(new Identity.Agent(socket)))) {
                assertThat(session.isOpen()).isTrue();
            }
        } finally {
            agent.destroy();
        }
    }

    @Test
    void aWrongPassphraseIsNamedAsSuchAndNeverShown() throws Exception {
        Path path = sshd.authorizedKey("encrypted", "ed25519", "open sesame");

        assertThatThrownBy(() -> open(sshd.access(new Identity.KeyFile(path, Optional.of(new Secret("hunter2"))))))
                .isInstanceOf(SshException.class)
                .hasMessageContainingAll("m1: ", path.toString(), "passphrase is missing or wrong")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aStrangersKeyIsRefusedWithUserAndKey() throws Exception {
        Path stranger = folder.resolve("stranger");
        TestSshd.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());

        assertThatThrownBy(() -> open(sshd.access(new Identity.KeyFile(stranger, Optional.empty()))))
                .hasMessageContainingAll(
                        "m1: ", "refuses user " + TestSshd.USER, stranger.toString(), "authorized_keys");
    }

    @Test
    void anUnknownHostKeyIsRefusedWithItsFingerprint() throws Exception {
        Trust nobody = new Trust(folder.resolve("empty"), List.of(), false);

        assertThatThrownBy(() -> open(sshd.access(nobody, key)))
                .hasMessageContainingAll("m1: ", sshd.fingerprint(), "is not known", "ssh: fingerprints");
        assertThat(folder.resolve("empty")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "="})
    void aFingerprintOfTheClusterFileIsEnough(String padding) throws Exception {
        Trust fingerprint = new Trust(folder.resolve("empty"), List.of(sshd.fingerprint() + padding), false);

        try (SshSession session = open(sshd.access(fingerprint, key))) {
            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    void acceptNewWritesTheFirstKeyDownAndRefusesAnotherOneLater() throws Exception {
        Trust trusting = new Trust(folder.resolve("new/known_hosts"), List.of(), true);
        open(sshd.access(trusting, key)).close();
        Trust strict = new Trust(folder.resolve("new/known_hosts"), List.of(), false);
        open(sshd.access(strict, key)).close();
        String line = Files.readString(strict.knownHosts());
        Path other = folder.resolve("other");
        TestSshd.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other.toString());
        String[] words = Files.readString(Path.of(other + ".pub")).split(" ");
        Files.writeString(strict.knownHosts(), line.split(" ")[0] + " " + words[0] + " " + words[1] + "\n");

        assertThatThrownBy(() -> open(sshd.access(trusting, key)))
                .hasMessageContainingAll("m1: ", "is not the one in", sshd.fingerprint(), "ssh-keygen -R");
    }

    private Trouble trouble(Access access) {
        return catchThrowableOfType(SshException.class, () -> open(access)).trouble();
    }

    /** What waiting cannot change is told from what it may. */
    @Test
    void aRefusedLoginKeyOrNameStaysRefusedAndAHostThatIsAwayMayComeBack() throws Exception {
        Path stranger = folder.resolve("stranger");
        TestSshd.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());
        assertThat(trouble(sshd.access(new Identity.KeyFile(stranger, Optional.empty()))))
                .isEqualTo(Trouble.SHUT_OUT);
        Identity word = new Identity.Password(new Secret("wrong"));
        assertThat(trouble(sshd.access(word))).isEqualTo(Trouble.SHUT_OUT);
        assertThat(trouble(sshd.access(new Trust(folder.resolve("empty"), List.of(), false), key)))
                .isEqualTo(Trouble.SHUT_OUT);
        Access.Hop nowhere = new Access.Hop(TestSshd.USER, "no-such-host.invalid", 22);
        assertThatThrownBy(() -> open(TestSshd.through(sshd.access(key), nowhere)))
                .hasMessageContaining("m1 through no-such-host.invalid: the name service here");

        Access away = sshd.access(key);
        sshd.close();
        assertThat(trouble(away)).isEqualTo(Trouble.UNREACHABLE);
    }

    @Test
    void aServerThatHasNoRoomForAnotherLoginMayHaveItLater() throws Exception {
        sshd.close();
        sshd = new TestSshd(folder.resolve("node"), "MaxStartups 1:100:1");
        try (Socket first = onlyLogin()) {
            assertThat(first.isConnected()).isTrue();
            assertThat(trouble(sshd.access(key))).isEqualTo(Trouble.UNREACHABLE);
        }
    }

    /** When the server has noticed that the one before is gone. */
    private Socket onlyLogin() throws Exception {
        while (true) {
            Socket socket = new Socket("127.0.0.1", sshd.port());
            if (socket.getInputStream().read() == 'S') { // of its version; 'E' of "Exceeded MaxStartups"
                return socket;
            }
            socket.close();
            Thread.sleep(50);
        }
    }

    @Test
    void aKeyThatCannotBeReadIsSaidThoughNoHostAnswers() throws Exception {
        Access access =
                sshd.access(new Identity.KeyText("of the credential prod", new Secret("junk"), Optional.empty()));
        sshd.close();

        assertThatThrownBy(() -> open(access))
                .hasMessageContaining("the private key of the credential prod cannot be used");
        assertThat(trouble(access)).isEqualTo(Trouble.SHUT_OUT);
    }

    @Test
    void goesThroughAJumpHost() throws Exception {
        TestSshd jump = new TestSshd(folder.resolve("jump"));
        try {
            Files.copy(folder.resolve("node/authorized_keys"), folder.resolve("jump/authorized_keys"));
            Path both = folder.resolve("both");
            Files.writeString(both, Files.readString(sshd.knownHosts()) + Files.readString(jump.knownHosts()));
            Access direct = sshd.access(new Trust(both, List.of(), false), key);
            Access.Hop hop = new Access.Hop(TestSshd.USER, "127.0.0.1", jump.port());

            try (SshSession session = open(TestSshd.through(direct, hop))) {
                assertThat(session.run(Command.asUser("echo hello")).output()).isEqualTo("hello\n");
                jump.close(); // what went through it is lost with it
                assertThatThrownBy(() -> session.run(Command.asUser("sleep 60")))
                        .hasMessageStartingWith("m1: ");
            }
        } finally {
            jump.close();
        }
    }

    @Test
    void anUnreachableNodeIsNamedWithItsAddress() throws Exception {
        Access access = sshd.access(key);
        sshd.close();

        assertThatThrownBy(() -> open(access))
                .isInstanceOf(SshException.class)
                .hasMessageContainingAll("m1: ", "127.0.0.1:" + access.port(), "Is the host up");
    }

    @Test
    void aServerThatAcceptsAndSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Access access = new Access(
                    "root",
                    mute.getLocalPort(),
                    List.of(key),
                    new Trust(folder.resolve("none"), List.of(), false),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofMillis(300));

            assertThatThrownBy(() -> open(access))
                    .isInstanceOf(SshException.class)
                    .hasMessageStartingWith("m1: ");
        }
    }

    @Test
    void aServerThatSaysItsNameAndNothingMoreGivesNoAnswer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Access access = access(server, Duration.ofMillis(300));
            Thread named = new Thread(() -> sayName(server));
            named.start();

            assertThatThrownBy(() -> open(access))
                    .isInstanceOf(SshException.class)
                    .hasMessageStartingWith("m1: no answer from 127.0.0.1:" + server.getLocalPort());
            named.join();
        }
    }

    private static void sayName(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The client has hung up.
            return;
        }
    }

    private Access access(ServerSocket server, Duration connectTimeout) {
        return new Access(
                "root",
                server.getLocalPort(),
                List.of(key),
                new Trust(folder.resolve("none"), List.of(), false),
                Optional.empty(),
                Optional.empty(),
                connectTimeout);
    }

    /** sshj looks for the server's word in whatever comes, for as long as it comes. */
    @Test
    void aServerThatSendsSomethingElseForEverIsGivenUp() throws Exception {
        try (ServerSocket talker = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread talking = new Thread(() -> talk(talker));
            talking.start();
            Access access = access(talker, Duration.ofSeconds(1));

            assertThatThrownBy(() -> open(access))
                    .isInstanceOf(SshException.class)
                    .hasMessageMatching(
                            "m1: no (SSH with|answer from) 127\\.0\\.0\\.1:" + talker.getLocalPort() + ".*");
            talking.join();
        }
    }

    private static void talk(ServerSocket server) {
        try (Socket client = server.accept()) {
            while (true) {
                client.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(20);
            }
        } catch (IOException e) {
            // The client has hung up, which is what the test is about.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void linesOfBothOutputsComeAsTheyAreWrittenAndTheStatusIsKept() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        try (SshSession session = open(sshd.access(key))) {
            Outcome outcome =
                    session.run(Command.asUser("echo one; echo two >&2; exit 3").telling(lines::add));

            assertThat(outcome.status()).isEqualTo(3);
            assertThat(outcome.output()).isEqualTo("one\n");
            assertThat(outcome.errors()).isEqualTo("two\n");
            assertThat(lines).containsExactlyInAnyOrder("one", "two");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "tr '\\0' x < /dev/zero"})
    void aNodeThatNeverEndsToSpeakIsStoppedAndTheConnectionServesOn(String endless) throws Exception {
        try (SshSession session = open(sshd.access(key))) {
            assertThatThrownBy(() -> session.run(Command.asUser(endless).within(Duration.ofMinutes(2))))
                    .isInstanceOf(SshException.class)
                    .hasMessageContainingAll("m1: ", "printed more than 33554432 characters", endless);
            assertThat(session.run(Command.asUser("echo on")).output()).isEqualTo("on\n");
        }
    }

    @Test
    void inputArrivesByteForByte() throws Exception {
        byte[] bytes = new byte[5_000_000];
        new Random(1).nextBytes(bytes);
        Path target = folder.resolve("it's here");
        try (SshSession session = open(sshd.access(key))) {
            session.require(
                    "write",
                    Command.asUser("cat > " + Command.quote(target.toString()))
                            .reading(new ByteArrayInputStream(bytes)));
        }

        assertThat(target).hasBinaryContent(bytes);
    }

    @Test
    void inputArrivesWhileMoreOfItIsStillToCome() throws Exception {
        try (SshSession session = open(sshd.access(key));
                PipedOutputStream more = new PipedOutputStream()) {
            PipedInputStream input = new PipedInputStream(more);
            more.write("one\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(session.run(Command.asUser("head -n 1").reading(input)).output())
                    .isEqualTo("one\n");
        }
    }

    @Test
    void aFullDiskIsSaidInTheNodesOwnWords() throws Exception {
        try (SshSession session = open(sshd.access(key))) {
            assertThatThrownBy(() -> session.require(
                            "upload the release",
                            Command.asUser("LC_ALL=C cat > /dev/full")
                                    .reading(new ByteArrayInputStream(new byte[1_000_000]))))
                    .isInstanceOf(SshException.class)
                    .hasMessageContainingAll("m1: cannot upload the release: ", "No space left on device");
        }
    }

    @Test
    void aConnectionKilledInTheMiddleOfAnUploadIsASentence() throws Exception {
        InputStream upload = new InputStream() {
            private int given;

            @Override
            public int read() {
                if (++given == 1_000_000) {
                    sshd.close();
                }
                return 0;
            }
        };
        try (SshSession session = open(sshd.access(key))) {
            assertThatThrownBy(() -> session.require(
                            "upload the release",
                            Command.asUser("cat > "
                                            + Command.quote(
                                                    folder.resolve("part").toString()))
                                    .reading(upload)))
                    .isInstanceOf(SshException.class)
                    .hasMessageContainingAll("m1: ", "the connection was lost");
        }
    }

    @Test
    void aCommandThatDoesNotEndIsGivenUpAndTheConnectionServesOn() throws Exception {
        try (SshSession session = open(sshd.access(key))) {
            assertThatThrownBy(() -> session.run(Command.asUser("sleep 60").within(Duration.ofMillis(300))))
                    .hasMessageContainingAll("m1: ", "sleep 60");
            assertThat(session.run(Command.asUser("echo on")).output()).isEqualTo("on\n");
        }
    }

    @Test
    void aConnectionLostInTheMiddleOfACommandIsASentence() throws Exception {
        try (SshSession session = open(sshd.access(key))) {
            CompletableFuture<Outcome> running = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    running.complete(
                            session.run(Command.asUser("echo started; sleep 60").telling(line -> sshd.close())));
                } catch (SshException e) {
                    running.completeExceptionally(e);
                }
            });
            thread.start();

            assertThatThrownBy(running::get)
                    .cause()
                    .isInstanceOf(SshException.class)
                    .hasMessageContainingAll("m1: ", "the connection was lost");
        }
    }
}
