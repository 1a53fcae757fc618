package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.baton.cluster.Problem;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody writes on purpose, or only with a bad one. */
class HostileFilesTest {
    private static final Path NAME = Path.of("cluster.yaml");

    @TempDir
    Path folder;

    @Test
    void aMissingFileIsASentence() {
        assertThat(problemsOf(folder.resolve("none.yaml")))
                .singleElement()
                .asString()
                .endsWith(":1:1: there is no such file; check the path");
    }

    @Test
    void aDirectoryIsASentence() {
        assertThat(problemsOf(folder)).singleElement().asString().contains("this is a directory");
    }

    @Test
    void aDeviceIsNotReadAtAll() {
        assertThat(problemsOf(Path.of("/dev/zero"))).singleElement().asString().contains("not a regular file");
    }

    @Test
    void aFileThatFailsWhileItIsReadIsASentence() {
        assertThat(problemsOf(Path.of("/proc/self/mem")))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void aFileOfAHundredMegabytesIsRefusedByItsSize() throws Exception {
        Path large = folder.resolve("large.yaml");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(100_000_000);
        }
        assertThat(problemsOf(large)).singleElement().asString().contains("larger than 1 MiB");
    }

    /** U+1000A has the low 16 bits of a line feed. */
    @Test
    void aCharacterBeyondTheBasicPlaneEndsNoLine() throws Exception {
        Path file = Files.writeString(
                folder.resolve("cluster.yaml"),
                "cluster: x # \uD800\uDC0A\nnodes:\n  - {name: m1, address: 10.0.0.1}\n---\ncluster: y\n");

        assertThat(problemsOf(file)).singleElement().asString().contains(":4:1: a second document begins here");
    }

    /** Each is repeated until the file is as large as a cluster file may be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "- ",
                "? ",
                "a: ",
                "{a: ",
                "&a ",
                "*a ",
                "!a ",
                "\"",
                "'",
                "#",
                "a",
                "\n",
                "a: b\n",
                "k: &a [*a, *a]\n",
                "|\n ",
                "%",
                "---\n",
                ", ",
                "- [\n",
                ": "
            })
    void aMebibyteOfAnythingIsRefusedInReasonableTime(String piece) {
        byte[] bytes = piece.repeat((1 << 20) / piece.length()).getBytes(StandardCharsets.UTF_8);

        List<Problem> problems = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> problemsOf(bytes));

        assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(101);
    }

    @Property(tries = 300)
    void anyBytesAreEitherAClusterOrProblems(@ForAll @Size(max = 200) byte[] bytes) {
        assertThat(problemsOf(bytes)).isNotEmpty();
    }

    @Property(tries = 500)
    void aDamagedClusterFileNeverEndsInAStackTrace(
            @ForAll @IntRange(max = 1500) int from,
            @ForAll @IntRange(max = 60) int length,
            @ForAll @Size(max = 8) byte[] inserted)
            throws Exception {
        String text = Files.readString(Path.of("src/test/resources/design.yaml"));
        String damaged = text.substring(0, from)
                + new String(inserted, StandardCharsets.ISO_8859_1)
                + text.substring(Math.min(text.length(), from + length));
        problemsOf(damaged.getBytes(StandardCharsets.UTF_8)).forEach(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).isNotBlank();
        });
    }

    private static List<Problem> problemsOf(Path file) {
        return catchThrowableOfType(ClusterFileException.class, () -> ClusterFile.read(file))
                .problems();
    }

    private static List<Problem> problemsOf(byte[] bytes) {
        ClusterFileException refused =
                catchThrowableOfType(ClusterFileException.class, () -> ClusterFile.parse(NAME, bytes));
        return refused == null ? List.of() : refused.problems();
    }
}
