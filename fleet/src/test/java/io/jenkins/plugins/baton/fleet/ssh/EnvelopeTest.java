package io.jenkins.plugins.baton.fleet.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With real shells, and a sudo that asks or does not. */
class EnvelopeTest {
    private static final String PASSWORD = "it's $(touch bad) \"secret\"";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    void thePasswordReachesSudoAndNothingElseWhetherItIsAskedForOrNot(boolean asks, boolean terminal) throws Exception {
        Path got = folder.resolve("got");
        Path sudo = Files.writeString(
                folder.resolve("sudo"),
                "#!/bin/sh\n"
                        + (asks ? "IFS= read -r word; printf %s \"$word\" > " + got + "; unset word\n" : "")
                        + "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"\n");
        Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
        Elevation way = Elevation.SUDO.withPassword();
        Envelope envelope = Envelope.of(
                "set; cat; echo wrong >&2; exit 3",
                terminal ? way.onTerminal() : way,
                "baton-mark",
                Optional.of(new Secret(PASSWORD)));
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", envelope.line()).directory(folder.toFile());
        shell.environment().merge("PATH", folder + ":", (path, first) -> first + path);
        Path errors = folder.resolve("errors");
        Process process = shell.redirectError(errors.toFile()).start();
        try (var input = process.getOutputStream()) {
            envelope.before(new ByteArrayInputStream("the input\n".getBytes(StandardCharsets.UTF_8)))
                    .transferTo(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(output)
                .contains("baton-mark-begin", "the input\n", "baton-mark-end-3")
                .doesNotContain("secret");
        assertThat(errors).content().contains("wrong").doesNotContain("secret", "not found");
        assertThat(folder.resolve("bad")).doesNotExist();
        if (asks) {
            assertThat(got).hasContent(PASSWORD);
        }
    }
}
