package io.jenkins.plugins.baton.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the start script gives to Java; in place of Java stands a script that tells. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("src/main/dist/bin/baton").toAbsolutePath();

    @TempDir
    Path folder;

    private String started(String java, String redirections, String locale) throws Exception {
        Path home = Files.createDirectories(folder.resolve("jdk/bin"));
        Path told = folder.resolve("told");
        Path program = Files.writeString(home.resolve("java"), "#!/bin/sh\n" + java.replace("TOLD", told.toString()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", "exec sh " + SCRIPT + " check " + redirections)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        shell.environment().put("JAVA_HOME", home.getParent().toString());
        shell.environment().put("LC_ALL", locale);

        assertThat(shell.start().waitFor()).isZero();

        return Files.readString(told).strip();
    }

    /** A locale that is not installed comes over SSH from the operator's own machine. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_YY.UTF-8"})
    void aLocaleThatKnowsAsciiOnlyIsReplaced(String locale) throws Exception {
        assertThat(started("echo \"$LC_ALL\" > TOLD", "", locale)).isEqualTo("C.UTF-8");
    }

    @Test
    void anyOtherLocaleStays() throws Exception {
        assertThat(started("echo \"$LC_ALL\" > TOLD", "", "C.utf8")).isEqualTo("C.utf8");
    }

    /** Otherwise the next file that Java opens would have its number, and a result would be written into that. */
    @ParameterizedTest
    @ValueSource(strings = {">&-", "<&-", "2>&-", "<&- >&- 2>&-"})
    void nothingElseTakesThePlaceOfAStreamThatIsClosed(String redirections) throws Exception {
        String fileDescriptors = "for n in 0 1 2; do [ -e /proc/$$/fd/$n ] && printf %s $n; done > TOLD 3> /dev/null";

        assertThat(started(fileDescriptors.replace("> TOLD", ">> TOLD"), redirections, "C.UTF-8"))
                .isEqualTo("012");
    }
}
