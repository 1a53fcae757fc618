package io.jenkins.plugins.baton.fleet.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.fleet.FleetException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that somebody has set up to their own taste, against OpenSSH's own server. */
class StrangeHostTest {
    /** What the shells of this world read differently: quotes, backslashes, history, several lines. */
    private static final String SCRIPT = """
            # a script
            text='it is "$HOME" !here \\\\ and'
            printf '%s\\n' "$text $0"
            cat; echo wrong >&2
            exit 3
            """;

    @TempDir
    Path folder;

    private TestSshd sshd;
    private Identity key;

    @BeforeEach
    void makeKey() throws Exception {
        TestSshd.run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("id").toString());
        key = new Identity.KeyFile(folder.resolve("id"), Optional.empty());
    }

    private TestSshd sshd(String name, String settings) throws Exception {
        TestSshd server = new TestSshd(folder.resolve(name), settings);
        Files.copy(folder.resolve("id.pub"), folder.resolve(name).resolve("authorized_keys"));
        return server;
    }

    private SshSession open(String settings) throws Exception {
        sshd = sshd("node", settings);
        return SshSession.open("m1", "127.0.0.1", sshd.access(key));
    }

    @AfterEach
    void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    /** As sshd calls a login shell: with {@code -c} and the command line. */
    @ParameterizedTest
    @ValueSource(strings = {"bash", "dash", "fish", "tcsh"})
    void aScriptRunsAlikeWhateverTheLoginShellIs(String shell) throws Exception {
        try (SshSession session = open("ForceCommand " + shell + " -c \"$SSH_ORIGINAL_COMMAND\"")) {
            Outcome outcome = session.run(Command.asUser(SCRIPT).reading("input\n"));

            assertThat(outcome.errors()).isEqualTo("wrong\n");
            assertThat(outcome.output()).isEqualTo("it is \"$HOME\" !here \\\\ and sh\ninput\n");
            assertThat(outcome.status()).isEqualTo(3);
        }
    }

    @Test
    void whatLoginScriptsPrintIsNoOutputAndWhatWrappersEndWithIsNoStatus() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        try (SshSession session = open("ForceCommand echo Welcome; echo mail >&2; printf 'no newline'; "
                + "sh -c \"$SSH_ORIGINAL_COMMAND\"; echo Goodbye; echo bye >&2; exit 0")) {
            Outcome outcome = session.run(
                    Command.asUser("printf one; echo two >&2; exit 3").telling(lines::add));

            assertThat(outcome).isEqualTo(new Outcome(3, "one\n", "two\n"));
            assertThat(lines).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void aLargeInputArrivesByteForByteBehindALoginScriptThatPrints() throws Exception {
        byte[] bytes = "0123456789abcdef\n".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        try (SshSession session = open("ForceCommand echo Welcome; exec sh -c \"$SSH_ORIGINAL_COMMAND\"")) {
            String size = session.require("count", Command.asUser("wc -c").reading(new ByteArrayInputStream(bytes)));

            assertThat(size.strip()).isEqualTo(String.valueOf(bytes.length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/usr/sbin/nologin", "/bin/false", "echo This service allows sftp connections only.; exit 1"})
    void aLoginThatRunsNoCommandIsNamedWithWhatItSaidInstead(String command) throws Exception {
        try (SshSession session = open("ForceCommand " + command)) {
            assertThatThrownBy(() -> session.run(Command.asUser("id -u")))
                    .isInstanceOf(SshException.class)
                    .hasMessageStartingWith("m1: user " + TestSshd.USER + " gets no shell there")
                    .hasMessageContainingAll(
                            command.startsWith("echo")
                                    ? "sftp connections only"
                                    : command.endsWith("false") ? "said nothing" : "not available",
                            "status 1",
                            "usermod --shell",
                            "ForceCommand");
        }
    }

    @Test
    void commandsRunBesideEachOtherWhereTheServerAllowsOneAConnection() throws Exception {
        try (SshSession session = open("MaxSessions 1")) {
            CompletableFuture<String> begun = new CompletableFuture<>();
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> {
                try {
                    session.run(Command.asUser("echo begun; cat > " + folder.resolve("end") + "; until [ -e "
                                    + folder.resolve("go") + " ]; do sleep 0.1; done")
                            .telling(begun::complete));
                } catch (SshException e) {
                    begun.completeExceptionally(e);
                }
            });
            assertThat(begun.get()).isEqualTo("begun");

            for (int i = 0; i < 5; i++) {
                assertThat(session.run(Command.asUser("echo beside")).output()).isEqualTo("beside\n");
            }
            Files.createFile(folder.resolve("go"));
            first.get();
            assertThat(session.run(Command.asUser("echo after")).output()).isEqualTo("after\n");
        }
    }

    @Test
    void aServerThatRefusesEveryCommandIsNamed() throws Exception {
        try (SshSession session = open("MaxSessions 0")) {
            assertThatThrownBy(() -> session.run(Command.asUser("true")))
                    .hasMessageContainingAll("m1: ", "refuses every command", "MaxSessions 0");
        }
    }

    @Test
    void aBannerIsNoHindrance() throws Exception {
        Path banner = Files.writeString(folder.resolve("banner"), "Authorised use only.\n");
        try (SshSession session = open("Banner " + banner)) {
            assertThat(session.run(Command.asUser("echo hello")).output()).isEqualTo("hello\n");
        }
    }

    @Test
    void aJumpHostThatForbidsForwardingIsNamedWithTheSetting() throws Exception {
        sshd = sshd("node", "");
        try (TestSshd jump = sshd("jump", "AllowTcpForwarding no")) {
            assertThatThrownBy(() -> through(jump))
                    .isInstanceOf(SshException.class)
                    .hasMessageContainingAll(
                            "m1: the jump host 127.0.0.1 forbids connections to 127.0.0.1:" + sshd.port(),
                            "AllowTcpForwarding");
        }
    }

    @Test
    void aNodeThatTheJumpHostCannotReachIsNotTheJumpHostsFault() throws Exception {
        sshd = sshd("node", "");
        sshd.close();
        try (TestSshd jump = sshd("jump", "")) {
            assertThatThrownBy(() -> through(jump))
                    .hasMessageContainingAll("m1: the jump host 127.0.0.1 cannot reach 127.0.0.1:" + sshd.port());
        }
    }

    private void through(TestSshd jump) throws Exception {
        Path both = Files.writeString(
                folder.resolve("both"), Files.readString(sshd.knownHosts()) + Files.readString(jump.knownHosts()));
        Access direct = sshd.access(new Trust(both, List.of(), false), key);
        Access.Hop hop = Access.Hop.parse("127.0.0.1:" + jump.port(), TestSshd.USER);
        SshSession.open("m1", "127.0.0.1", TestSshd.through(direct, hop)).close();
    }

    @Test
    void aPublicKeyAsIdentityIsNamedAsSuchWithThePrivateOne() throws Exception {
        sshd = sshd("node", "");
        Identity half = new Identity.KeyFile(folder.resolve("id.pub"), Optional.empty());

        assertThatThrownBy(() -> SshSession.open("m1", "127.0.0.1", sshd.access(half)))
                .hasMessageContainingAll("m1: ", "id.pub is a public key", "name " + folder.resolve("id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ciphers 3des-cbc,aes128-cbc",
                "KexAlgorithms diffie-hellman-group14-sha1",
                "MACs hmac-sha1\nCiphers aes128-ctr"
            })
    void aServerOfYesterdaysAlgorithmsIsNamedWithTheSettings(String settings) throws Exception {
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(SshException.class)
                .hasMessageContainingAll("m1: no SSH with 127.0.0.1:", "no longer safe", "KexAlgorithms");
    }

    @Test
    void aServerThatTakesNoKeysIsNamedAsSuch() throws Exception {
        sshd = sshd("node", "PubkeyAuthentication no\nPasswordAuthentication yes");

        assertThatThrownBy(() -> SshSession.open("m1", "127.0.0.1", sshd.access(key)))
                .hasMessageContainingAll("takes no key from user", "password", "PubkeyAuthentication yes");
    }

    @Test
    void aPasswordWhereOnlyKeysAreTakenIsNamedAsSuch() throws Exception {
        sshd = sshd("node", "KbdInteractiveAuthentication no");
        Identity password = new Identity.Password(new Secret("hunter2"));

        assertThatThrownBy(() -> SshSession.open("m1", "127.0.0.1", sshd.access(password)))
                .hasMessageContainingAll("refuses user", "the password", "only publickey", "give it a key")
                .hasMessageNotContaining("hunter2");
    }

    /** Programs of these names come first: this user is not root, and sudo asks for a password. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sudo: 1 incorrect password attempt; the sudo password of user; Allow it in sudoers",
                "me is not in the sudoers file.; me is not in the sudoers file.. Allow it in sudoers; is wrong"
            })
    void aWrongSudoPasswordIsTriedOnceAndNotTakenForAMissingRight(String said, String sentence, String not)
            throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        program(programs.resolve("id"), "echo 1000");
        program(
                programs.resolve("sudo"),
                "[ \"$1\" = -n ] && { echo 'sudo: a password is required' >&2; exit 1; }; cat > "
                        + folder.resolve("guesses") + "; echo '" + said
                        + "' >&2; exit 1");
        sshd = sshd("node", "ForceCommand PATH=" + programs + ":$PATH exec sh -c \"$SSH_ORIGINAL_COMMAND\"");
        Access direct = sshd.access(key);
        Access access = new Access(
                direct.user(),
                direct.port(),
                direct.identities(),
                direct.trust(),
                Optional.empty(),
                Optional.of(new Secret("hunter2")),
                direct.connectTimeout());

        try (SshSession session = SshSession.open("m1", "127.0.0.1", access)) {
            assertThatThrownBy(() -> session.run(Command.asRoot("true")))
                    .isInstanceOf(SshException.class)
                    .hasMessageContaining(sentence)
                    .hasMessageNotContainingAny(not, "hunter2");
        }
        assertThat(folder.resolve("guesses")).hasContent("hunter2");
    }

    private static void program(Path path, String script) throws Exception {
        Files.writeString(path, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void tooManyKeysBeforeTheRightOneAreTheReasonThatIsGiven() throws Exception {
        Path stranger = folder.resolve("stranger");
        TestSshd.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());
        sshd = sshd("node", "MaxAuthTries 1");
        Identity first = new Identity.KeyFile(stranger, Optional.empty());

        assertThatThrownBy(() -> SshSession.open("m1", "127.0.0.1", sshd.access(first, first, key)))
                .hasMessageContainingAll("m1: ", "too many keys", "--identity");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bastion:ssh",
                "bastion:99999",
                "bastion:0",
                "root@h:abc",
                "",
                "a@",
                "[::1]:x",
                "a b",
                "ssh://h:22",
                "h:022",
                "a@@h",
                "-x@h"
            })
    void aJumpHostOfNoFormIsSaidToBeSo(String text) {
        assertThatThrownBy(() -> Access.Hop.parse(text, "root"))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("[USER@]HOST[:PORT]");
    }

    @Test
    void aJumpHostMayHaveAUserAPortAndAnIpv6Address() throws Exception {
        assertThat(Access.Hop.parse("bastion", "root")).isEqualTo(new Access.Hop("root", "bastion", 22));
        assertThat(Access.Hop.parse("me@bastion:2222", "root")).isEqualTo(new Access.Hop("me", "bastion", 2222));
        assertThat(Access.Hop.parse("[fd00::1]:2222", "root")).isEqualTo(new Access.Hop("root", "fd00::1", 2222));
        assertThat(Access.Hop.parse("me@fd00::1", "root")).isEqualTo(new Access.Hop("me", "fd00::1", 22));
    }
}
