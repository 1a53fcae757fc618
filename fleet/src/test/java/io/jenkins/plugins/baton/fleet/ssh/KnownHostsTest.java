package io.jenkins.plugins.baton.fleet.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.ssh.KnownHosts.Answer;
import io.jenkins.plugins.baton.fleet.ssh.KnownHosts.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ssh(1) and sshd(8) say about known_hosts. */
class KnownHostsTest {
    private static final byte[] OWN = key("ssh-ed25519", "own");
    private static final byte[] OTHER = key("ssh-ed25519", "other");
    private static final byte[] RSA = key("ssh-rsa", "own");

    /** The wire form of a key begins with its type; the rest is not looked at. */
    private static byte[] key(String type, String rest) {
        return ByteBuffer.allocate(4 + type.length() + rest.length())
                .putInt(type.length())
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(rest.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static String line(String hosts, byte[] key) {
        String type = new String(key, 4, ByteBuffer.wrap(key).getInt(), StandardCharsets.US_ASCII);
        return hosts + " " + type + " " + Base64.getEncoder().encodeToString(key) + " a comment\n";
    }

    private static Verdict judge(String text, String host, int port) {
        return KnownHosts.parse(text).judge(host, port, OWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "m1; m1; KNOWN",
                "M1.Example; m1.example; KNOWN",
                "m1,10.0.0.1; 10.0.0.1; KNOWN",
                "*.example; m1.example; KNOWN",
                "m?; m1; KNOWN",
                "m?; m10; NEW",
                "m*,!m1; m1; NEW",
                "!m1,m*; m1; NEW",
                "m*,!m1; m2; KNOWN",
                "!m1; m2; NEW",
                "m.; m1; NEW",
                "m2; m1; NEW",
            })
    void aLineIsAHostsByItsPatterns(String hosts, String host, Answer answer) {
        assertThat(judge(line(hosts, OWN), host, 22).answer()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"[m1]:2222; 2222; KNOWN", "[m1]:2222; 22; NEW", "m1; 2222; KNOWN", "[m1]:22; 22; NEW"})
    void aPortIsPartOfTheNameAndALineWithoutPortWillDo(String hosts, int port, Answer answer) {
        assertThat(judge(line(hosts, OWN), "m1", port).answer()).isEqualTo(answer);
    }

    @Test
    void anotherKeyWithoutPortIsAnotherServersAndNoChange() {
        assertThat(judge(line("m1", OTHER), "m1", 2222).answer()).isEqualTo(Answer.NEW);
    }

    /** As {@code ssh-keygen -H} writes {@code [m1]:2222}. */
    @Test
    void aHashedNameIsFound() {
        String hashed = "|1|MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=|gpEBZ9CqnyYDeHUmZVzcX0l6+7Q=";

        assertThat(judge(line(hashed, OWN), "m1", 2222).answer()).isEqualTo(Answer.KNOWN);
        assertThat(judge(line(hashed, OWN), "another", 22).answer()).isEqualTo(Answer.NEW);
    }

    @Test
    void anotherKeyIsAChangeWithItsLine() {
        assertThat(judge("# keys\n" + line("m1", OTHER), "m1", 22)).isEqualTo(new Verdict(Answer.CHANGED, 2));
    }

    @Test
    void aKeyOfAnotherTypeIsAChangeToo() {
        assertThat(judge(line("m1", RSA), "m1", 22)).isEqualTo(new Verdict(Answer.CHANGED, 1));
    }

    @Test
    void oneOfSeveralKeysIsEnough() {
        assertThat(judge(line("m1", RSA) + line("m1", OTHER) + line("m1", OWN), "m1", 22))
                .isEqualTo(new Verdict(Answer.KNOWN, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m1", "*", "[m1]:2222"})
    void aRevokedKeyIsRefusedWhateverElseIsListed(String hosts) {
        String known = line("m1", OWN) + line("[m1]:2222", OWN);

        assertThat(judge(known + "@revoked " + line(hosts, OWN), "m1", 2222)).isEqualTo(new Verdict(Answer.REVOKED, 3));
        assertThat(judge("@revoked " + line(hosts, OWN) + known, "m1", 2222)).isEqualTo(new Verdict(Answer.REVOKED, 1));
    }

    @Test
    void aRevokedKeyOfAnotherHostOrOfTheSameHostBeforeDoesNotMatter() {
        String known = line("m1", OWN);

        assertThat(judge("@revoked " + line("m2", OWN) + known, "m1", 22).answer())
                .isEqualTo(Answer.KNOWN);
        assertThat(judge("@revoked " + line("m1", OTHER) + known, "m1", 22).answer())
                .isEqualTo(Answer.KNOWN);
        assertThat(judge("@revoked " + line("m1", OTHER), "m1", 22).answer()).isEqualTo(Answer.NEW);
    }

    @Test
    void anAuthoritysKeyIsNoHostsKey() {
        KnownHosts hosts = KnownHosts.parse("@cert-authority " + line("*.example", OWN));

        assertThat(hosts.judge("m1.example", 22, OWN).answer()).isEqualTo(Answer.NEW);
        assertThat(hosts.authority("m1.example", 2222)).contains(1);
        assertThat(hosts.authority("m1", 22)).isEmpty();
        assertThat(hosts.types("m1.example", 22)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m1",
                "m1 ssh-ed25519",
                "m1 ssh-ed25519 ????",
                "m1 ssh-rsa AAAAC3NzaC1lZDI1NTE5",
                "m1 1024 35 1234567890",
                "@unheard-of m1 ssh-ed25519 AAAA",
                "|1|x|y ssh-ed25519 AAAA",
                "<<<<<<< HEAD",
                "\u0000\u0001"
            })
    void aBadLineIsSkippedWithItsNumberAndTheOthersCount(String bad) {
        KnownHosts hosts = KnownHosts.parse("\n" + bad + "\n" + line("m1", OWN));

        assertThat(hosts.skipped()).containsExactly(2);
        assertThat(hosts.judge("m1", 22, OWN)).isEqualTo(new Verdict(Answer.KNOWN, 3));
    }

    @Test
    void windowsLineEndsTabsAndAMissingLastLineEndAreNoMistakes() {
        String text = (line("m2", RSA) + "\t" + line("m1", OWN).replace(' ', '\t')).replace("\n", "\r\n");

        assertThat(KnownHosts.parse(text.strip()).skipped()).isEmpty();
        assertThat(judge(text.strip(), "m1", 22)).isEqualTo(new Verdict(Answer.KNOWN, 2));
    }

    @Test
    void theTypesOfAHostAreThoseOfItsPortElseThoseOfItsName() {
        KnownHosts hosts = KnownHosts.parse(line("m1", RSA) + line("[m1]:2222", OWN));

        assertThat(hosts.types("m1", 22)).containsExactly("ssh-rsa");
        assertThat(hosts.types("m1", 2222)).containsExactly("ssh-ed25519");
        assertThat(hosts.types("m1", 2223)).containsExactly("ssh-rsa");
    }

    @Test
    void aLineThatIsWrittenIsReadAgain() {
        assertThat(judge(KnownHosts.line("FE80::1", 2222, "ssh-ed25519", OWN), "fe80::1", 2222))
                .isEqualTo(new Verdict(Answer.KNOWN, 1));
    }
}
