package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
public final class Command {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Command() {}

    /**
     * How a program ended.
     *
     * @param status exit status
     * @param output what it wrote to standard output
     * @param errors what it wrote to standard error
     */
    public record Result(List<String> command, int status, String output, String errors) {

        /** @throws LabException unless the exit status is 0 */
        public Result orThrow() {
            if (status != 0) {
                throw new LabException("`" + String.join(" ", command) + "` ended with status " + status + ": "
                        + (errors + output).strip());
            }
            return this;
        }
    }

    /** Runs a program, whatever its exit status; one that takes longer than a minute is killed and is an error. */
    public static Result run(String... command) {
        return run(List.of(command), "");
    }

    /** The same with text for its standard input. */
    public static Result run(List<String> command, String input) {
        Process process = start(command);
        try {
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            feed(process, input);
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new LabException("`" + String.join(" ", command) + "` did not end within " + DEADLINE);
            }
            return new Result(command, process.exitValue(), output.join(), errors.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while `" + String.join(" ", command) + "` ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new LabException("cannot run " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    private static void feed(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading; its exit status and its messages tell more than "broken pipe".
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
