package io.jenkins.plugins.baton.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the distribution to their end, with an environment that has no Java in it. */
final class Program {
    static final Path DISTRIBUTION = Path.of("target/baton-agent").toAbsolutePath();
    private static final long TIMEOUT_SECONDS = 60;

    private final Path home;
    private final Path folder;

    /**
     * @param home the distribution
     * @param folder the working directory, and where the runtime directory is
     */
    Program(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    record Result(int exitCode, String out, String err) {}

    Result run(String... arguments) throws IOException, InterruptedException {
        return end(start(Map.of(), arguments));
    }

    Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/baton-agent").toString()));
        command.addAll(List.of(arguments));
        return start(environment, command);
    }

    Process start(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("RUNTIME_DIRECTORY", folder.resolve("run").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    Result end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s: " + err());
        }
        return new Result(process.exitValue(), Files.readString(folder.resolve("out")), err());
    }

    String err() throws IOException {
        return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    }
}
