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
        sudo(asks);
        Outcome outcome = run(
                Envelope.of("set; cat; echo wrong >&2; exit 3", way(terminal), "baton-mark", secret()), "the input\n");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.output())
                .contains("baton-mark-begin", "the input\n", "baton-mark-end-3")
                .doesNotContain("secret");
        assertThat(outcome.errors()).contains("wrong").doesNotContain("secret", "not found");
        assertThat(folder.resolve("bad")).doesNotExist();
        if (asks) {
            assertThat(folder.resolve("got")).hasContent(PASSWORD);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    void aTrialGivesSudoNothingButThePassword(boolean asks, boolean terminal) throws Exception {
        sudo(asks);
        Envelope trial = Envelope.trial(way(terminal), "baton-mark", secret());

        assertThat(new String(trial.head(), StandardCharsets.UTF_8)).endsWith(PASSWORD + "\n");
        assertThat(run(trial, "")).satisfies(outcome -> {
            assertThat(outcome.output()).isEqualTo("baton-mark-begin\nbaton-mark-end-0\n");
            assertThat(outcome.status()).isZero();
        });
    }

    private static Elevation way(boolean terminal) {
        Elevation way = Elevation.SUDO.withPassword();
        return terminal ? way.onTerminal() : way;
    }

    private static Optional<Secret> secret() {
        return Optional.of(new Secret(PASSWORD));
    }

    private void sudo(boolean asks) throws Exception {
        String read = "IFS= read -r word; printf %s \"$word\" > " + folder.resolve("got") + "; unset word\n";
        Path sudo = Files.writeString(
                folder.resolve("sudo"),
                "#!/bin/sh\n" + (asks ? read : "") + "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"\n");
        Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(Envelope envelope, String text) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", envelope.line()).directory(folder.toFile());
        shell.environment().merge("PATH", folder + ":", (path, first) -> first + path);
        Path errors = folder.resolve("errors");
        Process process = shell.redirectError(errors.toFile()).start();
        try (var input = process.getOutputStream()) {
            envelope.before(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .transferTo(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output, Files.readString(errors));
    }
}
