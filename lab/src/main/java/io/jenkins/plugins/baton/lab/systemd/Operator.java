package io.jenkins.plugins.baton.lab.systemd;

import io.jenkins.plugins.baton.lab.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A person at the operator's place of a lab, with the packaged program. */
public final class Operator {
    private static final long LIMIT_MINUTES = 6;

    private final SystemdLab lab;
    private final Path program;

    /** @param program {@code fleet/target/baton/bin/baton} */
    public Operator(SystemdLab lab, Path program) {
        this.lab = lab;
        this.program = program.toAbsolutePath();
    }

    /** What a command ended with, and all it wrote. */
    public record Result(int code, String text) {}

    /** Runs {@code baton COMMAND -f cluster.yaml ARGUMENTS} to its end. */
    public Result baton(String command, String... arguments) {
        return baton(lab.clusterFile(), command, arguments);
    }

    /** The same with another cluster file. */
    public Result baton(Path file, String command, String... arguments) {
        return end(start(file, command, arguments));
    }

    /** The same where a person sits: on a terminal of 80 columns. */
    public Result batonOnTerminal(String command, String arguments) {
        ProcessBuilder builder = lab.atOperator(List.of(
                "script",
                "--quiet",
                "--return",
                "--command",
                program + " " + command + " -f " + lab.clusterFile() + " " + arguments,
                "/dev/null"));
        builder.environment().put("TERM", "xterm");
        return end(start(builder));
    }

    /**
     * Starts it only. {@code ip netns exec} and {@code env} become the program, so that this is its process. It has a
     * terminal's signals, whatever the tests were started by: {@code nohup} and a shell's {@code &} ignore some.
     */
    public Process start(String command, String... arguments) {
        return start(lab.clusterFile(), command, arguments);
    }

    /** The same with another cluster file. */
    public Process start(Path file, String command, String... arguments) {
        List<String> words = new ArrayList<>(
                List.of("env", "--default-signal=HUP,INT,TERM", program.toString(), command, "-f", file.toString()));
        words.addAll(List.of(arguments));
        return start(lab.atOperator(words));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result end(Process process) {
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new LabException("it did not end: " + text);
            }
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while the operator's program ran", e);
        }
    }
}
