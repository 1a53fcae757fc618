package io.jenkins.plugins.baton.fleet.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.fleet.FleetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no release is one sentence, before any node is asked. */
class ReleaseTest {
    private static final String NAME = "baton-agent-1.0-linux-amd64.tar.gz";

    @TempDir
    Path folder;

    /** As tar(5) has it: a header of 512 octets, the contents, zeros up to the next block. */
    private static byte[] entry(String name, byte[] contents) {
        byte[] entry = new byte[512 + (contents.length + 511) / 512 * 512];
        put(entry, 0, name);
        put(entry, 124, String.format("%011o", contents.length));
        System.arraycopy(contents, 0, entry, 512, contents.length);
        return entry;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private static byte[] archive(byte[]... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (byte[] entry : entries) {
                gzip.write(entry);
            }
            gzip.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static byte[] whole() throws IOException {
        byte[] program = new byte[10_000];
        Arrays.fill(program, (byte) 7);
        return archive(
                entry("baton-agent/REQUIREMENTS", "glibc=2.28\n".getBytes(StandardCharsets.US_ASCII)),
                entry("baton-agent/bin/baton-agent", program));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve(NAME), bytes);
    }

    @Test
    void aWholeArchiveIsARelease() throws Exception {
        Release release = Release.of(file(whole()));

        assertThat(release.version()).isEqualTo("1.0");
        assertThat(release.architecture()).isEqualTo("x86_64");
    }

    @Test
    void junkOfTheRightNameIsNone() throws Exception {
        assertThatThrownBy(() -> Release.of(file("junk".getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(FleetException.class)
                .hasMessageContainingAll(NAME, "it is no .tar.gz, or damaged")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> Release.of(file(archive(entry("README", new byte[3])))))
                .hasMessageContaining("is not an agent release: there is no baton-agent/REQUIREMENTS in it");
        assertThatThrownBy(() -> Release.of(file(new byte[0]))).hasMessageContaining("it is cut short");
    }

    @Test
    void anArchiveWithANegativeLengthIsNone() throws Exception {
        byte[] entry = entry("baton-agent/REQUIREMENTS", new byte[3]);
        put(entry, 124, "-0000000001");

        assertThatThrownBy(() -> Release.of(file(archive(entry))))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("it is no tar archive");
    }

    @Test
    void anArchiveThatIsCutShortOrDamagedBehindWhatIsReadIsNone() throws Exception {
        byte[] whole = whole();
        assertThatThrownBy(() -> Release.of(file(Arrays.copyOf(whole, whole.length - 9))))
                .hasMessageContaining("it is cut short");
        whole[whole.length - 6] ^= 1; // of the checksum
        assertThatThrownBy(() -> Release.of(file(whole))).hasMessageContaining("damaged");
    }

    @Test
    void whatIsNoFileIsNamed() throws Exception {
        assertThatThrownBy(() -> Release.of(folder.resolve(NAME))).hasMessageContaining(NAME + " does not exist");
        Files.createDirectory(folder.resolve(NAME));
        assertThatThrownBy(() -> Release.of(folder.resolve(NAME))).hasMessageContaining(NAME + " is no file");
        assertThatThrownBy(() -> Release.of(Path.of("/etc/passwd"))).hasMessageContaining("is not an agent release");
    }
}
