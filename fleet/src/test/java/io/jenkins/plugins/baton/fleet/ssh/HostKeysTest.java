package io.jenkins.plugins.baton.fleet.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH's own server, which has a key of each type. */
class HostKeysTest {
    @TempDir
    Path folder;

    private TestSshd sshd;
    private Identity key;
    private Path hosts;

    @BeforeEach
    void start() throws Exception {
        Path rsa = folder.resolve("rsa_key");
        TestSshd.run("ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", rsa.toString());
        sshd = new TestSshd(folder.resolve("node"), "HostKey " + rsa);
        key = new Identity.KeyFile(sshd.authorizedKey("id", "ed25519", ""), Optional.empty());
        hosts = folder.resolve("hosts");
    }

    @AfterEach
    void stop() {
        sshd.close();
    }

    /** A line of known_hosts for the server. */
    private String line(Path publicKey) throws Exception {
        return "[127.0.0.1]:" + sshd.port() + " " + Files.readString(publicKey);
    }

    private String own() throws Exception {
        return line(Path.of(sshd.hostKey() + ".pub"));
    }

    private String stranger(String type) throws Exception {
        Path path = folder.resolve("stranger_" + type);
        TestSshd.run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", path.toString());
        return line(Path.of(path + ".pub"));
    }

    private void open(boolean acceptNew, String... fingerprints) throws Exception {
        Trust trust = new Trust(hosts, List.of(fingerprints), acceptNew);
        SshSession.open("m1", "127.0.0.1", sshd.access(trust, key)).close();
    }

    @Test
    void aHostOfWhichOnlyTheRsaKeyIsKnownIsAskedForThat() throws Exception {
        Files.writeString(hosts, line(folder.resolve("rsa_key.pub")));

        open(false);
    }

    @Test
    void aRevokedKeyIsRefusedThoughListedAndNamedByItsFingerprint() throws Exception {
        Files.writeString(hosts, own() + "@revoked " + own().replaceFirst("\\S+", "*"));

        assertThatThrownBy(() -> open(true, sshd.fingerprint()))
                .isInstanceOf(SshException.class)
                .hasMessageContainingAll("m1: ", sshd.fingerprint(), "@revoked", "(line 2)");
    }

    @Test
    void aHostThatIsKnownByAKeyOfAnotherTypeHasChangedAlsoForAcceptNew() throws Exception {
        String ecdsa = stranger("ecdsa");
        Files.writeString(hosts, ecdsa);

        assertThatThrownBy(() -> open(true))
                .hasMessageContainingAll("is not the one in " + hosts + " (line 1)", "ssh-keygen -R '[127.0.0.1]:");
        assertThat(hosts).hasContent(ecdsa);
    }

    @Test
    void anAuthorityAndABadLineAreNamedWhenTheKeyIsUnknown() throws Exception {
        Files.writeString(hosts, "<<<<<<< HEAD\n@cert-authority " + stranger("ed25519"));

        assertThatThrownBy(() -> open(false))
                .hasMessageContainingAll(
                        "is not known", "certificate authority in line 2", "were skipped: 1", "ssh_host_ed25519_key");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstHost() throws Exception {
        Files.writeString(hosts, "\uFEFF" + own());

        open(false);
    }

    @Test
    void aHostWithACertificateIsAskedForItsOwnKey() throws Exception {
        sshd.close();
        Path authority = folder.resolve("authority");
        TestSshd.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", authority.toString());
        TestSshd.run(
                "ssh-keygen",
                "-q",
                "-s",
                authority.toString(),
                "-I",
                "node",
                "-h",
                "-n",
                "127.0.0.1",
                folder.resolve("node/host_key.pub").toString());
        sshd = new TestSshd(folder.resolve("node"), "HostCertificate " + folder.resolve("node/host_key-cert.pub"));
        Files.writeString(hosts, "@cert-authority * " + Files.readString(Path.of(authority + ".pub")));

        assertThatThrownBy(() -> open(false)).hasMessageContainingAll("not known", "certificate authority in line 1");
        Files.writeString(hosts, own());
        open(false);
    }

    @Test
    void aNewHostIsAddedBehindWhatIsThereAndOnce() throws Exception {
        Files.writeString(hosts, "# mine, without an end of line");

        open(true);
        open(true);

        assertThat(Files.readAllLines(hosts)).hasSize(2).first().isEqualTo("# mine, without an end of line");
        assertThat(own()).startsWith(Files.readAllLines(hosts).get(1));
    }

    @Test
    void severalNewHostsAtOnceAreAllKept() throws Exception {
        byte[] wire = Base64.getDecoder().decode(own().split(" ")[2].strip());
        List<CompletableFuture<KnownHosts.Verdict>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String host = "m" + i;
            all.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return new KnownHostsFile(hosts).add(host, 22, "ssh-ed25519", wire);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        all.forEach(CompletableFuture::join);

        assertThat(Files.readAllLines(hosts)).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void aFileThatIsNoneIsNamed() throws Exception {
        Files.createDirectory(hosts);
        assertThatThrownBy(() -> open(true))
                .hasMessage("m1: the known_hosts file " + hosts + " is a directory: name a file");
        hosts = Path.of("/dev/zero");
        assertThatThrownBy(() -> open(false)).hasMessageContaining("/dev/zero is a device or pipe");
        hosts = folder.resolve("large");
        try (RandomAccessFile large = new RandomAccessFile(hosts.toFile(), "rw")) {
            large.setLength(100_000_000);
        }
        assertThatThrownBy(() -> open(false)).hasMessageContaining(hosts + " is larger than 8 MB");
    }
}
