package io.jenkins.plugins.baton.fleet;

import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A person at the operator's place of a lab, with the packaged program. */
final class Operator {
    static final Path PROGRAM = Path.of("target/baton/bin/baton").toAbsolutePath();
    private static final long LIMIT_MINUTES = 6;

    private final SystemdLab lab;

    Operator(SystemdLab lab) {
        this.lab = lab;
    }

    /** What a command ended with, and all it wrote. */
    record Result(int code, String text) {}

    /** Runs {@code baton COMMAND -f cluster.yaml ARGUMENTS} to its end. */
    Result baton(String command, String... arguments) throws Exception {
        return end(start(command, arguments));
    }

    /** The same with another cluster file. */
    Result baton(Path file, String command, String... arguments) throws Exception {
        return end(start(file, command, arguments));
    }

    /** The same where a person sits: on a terminal of 80 columns. */
    Result batonOnTerminal(String command, String arguments) throws Exception {
        List<String> words = new ArrayList<>(lab.operatorPrefix());
        words.addAll(List.of("script", "--quiet", "--return", "--command",
                PROGRAM + " " + command + " -f " + lab.clusterFile() + " " + arguments, "/dev/null"));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        return end(builder.start());
    }

    private static Result end(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("it did not end: " + text);
        }
        return new Result(process.exitValue(), text);
    }

    /** Starts it only. {@code ip netns exec} becomes the program, so that this is its process. */
    Process start(String command, String... arguments) throws IOException {
        return start(lab.clusterFile(), command, arguments);
    }

    private Process start(Path file, String command, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(lab.operatorPrefix());
        words.addAll(List.of(PROGRAM.toString(), command, "-f", file.toString()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }
}
