package io.jenkins.plugins.baton.cluster.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of files are bytes to the kernel, and Java makes them of characters by the locale. */
class OtherLocaleTest {
    @TempDir
    Path folder;

    @Test
    void aPathThatTheLocaleCannotWriteIsASentence() throws Exception {
        Path file = Files.writeString(
                folder.resolve("c.yaml"), "secret: /etc/密钥\nnodes: [{name: m1, address: 10.0.0.1}]\n");
        Path said = folder.resolve("said");

        ProcessBuilder reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        reader.environment().put("LC_ALL", "C");
        int status = reader.start().waitFor();

        assertThat(said)
                .content(UTF_8)
                .isEqualTo(
                        file + ":1:9: secret: '/etc/密钥' has characters that no file name has in this program's locale;"
                                + " write ASCII, or run it with LC_ALL=C.UTF-8");
        assertThat(status).isZero();
    }

    /** What runs in the other process. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) {
            try {
                ClusterFile.read(Path.of(arguments[0]));
            } catch (ClusterFileException e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
