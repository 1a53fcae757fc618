package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a daemon costs: its memory, and the time until it serves. */
final class Footprint {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LISTENING = "0A";

    private Footprint() {}

    /** Resident memory of a daemon and its children, in MB (10^6 bytes). */
    static double residentMegabytes(Daemon daemon) {
        ProcessHandle process = ProcessHandle.of(daemon.pid()).orElseThrow();
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(p -> residentKilobytes(p.pid()) * 1024 / 1e6)
                .sum();
    }

    private static double residentKilobytes(long pid) {
        return lines(Path.of("/proc", Long.toString(pid), "status"))
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    /** Waits until somebody listens on a TCP port in the daemon's namespace; looks every millisecond. */
    static Duration untilListening(Daemon daemon, int port, long startNanos) {
        String suffix = ":%04X".formatted(port);
        List<Path> tables = Stream.of("tcp", "tcp6")
                .map(table -> Path.of("/proc", Long.toString(daemon.pid()), "net", table))
                .toList();
        while (System.nanoTime() - startNanos < LIMIT.toNanos()) {
            if (tables.stream().flatMap(Footprint::lines).anyMatch(line -> listens(line, suffix))) {
                return Duration.ofNanos(System.nanoTime() - startNanos);
            }
            Thread.onSpinWait();
        }
        throw new LabException(daemon.name() + " does not listen on port " + port + ": " + daemon.log());
    }

    private static boolean listens(String line, String suffix) {
        String[] fields = line.strip().split("\\s+");
        return fields.length > 3 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            // The process ended, or has not yet begun.
            return Stream.empty();
        }
    }
}
