package io.jenkins.plugins.baton.lab.usage;

import io.jenkins.plugins.baton.lab.Daemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What daemons and their children have in memory, in MB of 10^6 bytes.
 *
 * @param resident RSS: of pages that several processes share, each counts the whole
 * @param proportional PSS: of those, each counts its part
 */
public record MemoryUse(double resident, double proportional) {
    private static final double MEGABYTES_PER_KILOBYTE = 1024 / 1e6;

    public static MemoryUse of(List<Daemon> daemons) {
        return daemons.stream()
                .flatMap(daemon -> daemon.pids().stream())
                .map(pid -> new MemoryUse(megabytes(pid, "status", "VmRSS"), megabytes(pid, "smaps_rollup", "Pss")))
                .reduce(new MemoryUse(0, 0), MemoryUse::plus);
    }

    private MemoryUse plus(MemoryUse other) {
        return new MemoryUse(resident + other.resident, proportional + other.proportional);
    }

    private static double megabytes(long pid, String file, String name) {
        try {
            return StatusFile.number(Path.of("/proc", Long.toString(pid), file), name) * MEGABYTES_PER_KILOBYTE;
        } catch (IOException e) {
            return 0; // a child that has just ended
        }
    }
}
