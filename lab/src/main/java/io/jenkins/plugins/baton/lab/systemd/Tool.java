package io.jenkins.plugins.baton.lab.systemd;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the system's own programs (ip, mount, openssl) and waits for them. */
final class Tool {
    private Tool() {}

    /**
     * @return what the program wrote to both outputs
     * @throws IllegalStateException with that text when it fails
     */
    static String run(String... command) {
        Result result = start(command);
        if (result.status != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " failed with status " + result.status + ": " + result.output.strip());
        }
        return result.output;
    }

    /** As {@link #run}, for cleaning up: a failure means that there was nothing to clean. */
    static void attempt(String... command) {
        start(command);
    }

    private static Result start(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command[0] + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
        }
    }

    private record Result(int status, String output) {}
}
