package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a daemon and its children have in memory (RSS). */
final class Memory {
    private Memory() {}

    /** In MB of 10^6 bytes. */
    static double megabytes(Daemon daemon) {
        ProcessHandle process = ProcessHandle.of(daemon.pid()).orElseThrow();
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(p -> kilobytes(p.pid()) * 1024 / 1e6)
                .sum();
    }

    private static double kilobytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0; // a child that has just ended
        }
    }
}
