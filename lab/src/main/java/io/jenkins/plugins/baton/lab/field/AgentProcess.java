package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The process of a host's agent, as /proc shows it. */
final class AgentProcess {
    private final Path process;

    private AgentProcess(Path process) {
        this.process = process;
    }

    static AgentProcess on(Host host) {
        Path lock = host.directory().resolve("run").resolve(host.name() + ".lock");
        return new AgentProcess(Path.of("/proc/" + lines(lock).get(0).replaceAll("\\D", "")));
    }

    /** A number of its status. */
    long status(String name) {
        return lines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new LabException("no " + name + " in the status of " + process));
    }

    /** How long a thread of this name has had a processor. */
    Duration processorTime(String thread) {
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            return tasks.filter(task -> lines(task.resolve("comm")).contains(thread))
                    .map(task -> lines(task.resolve("schedstat")).get(0).split(" ")[0])
                    .map(nanos -> Duration.ofNanos(Long.parseLong(nanos)))
                    .findFirst()
                    .orElseThrow(() -> new LabException("no thread " + thread + " in " + process));
        } catch (IOException e) {
            throw new LabException("cannot list the threads of " + process + ": " + e.getMessage(), e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
