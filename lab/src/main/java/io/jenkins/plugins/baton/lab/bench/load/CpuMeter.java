package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.Daemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processor time used since its creation: by some processes, and by the whole machine. */
final class CpuMeter {
    /** USER_HZ of every architecture that Linux has today. */
    private static final double SECONDS_PER_TICK = 0.01;

    private final List<Daemon> daemons;
    private final double processesAtStart;
    private final double machineAtStart;

    CpuMeter(List<Daemon> daemons) {
        this.daemons = daemons;
        this.processesAtStart = processes();
        this.machineAtStart = machine();
    }

    /** Seconds of the processes, with what the kernel did on their account. */
    double processSeconds() {
        return processes() - processesAtStart;
    }

    /** Seconds of all that ran: clients, backends and interrupts too. Ticks of 10 ms: for stretches of seconds. */
    double machineSeconds() {
        return machine() - machineAtStart;
    }

    private double processes() {
        return daemons.stream().mapToDouble(daemon -> nanoseconds(daemon.pid())).sum() / 1e9;
    }

    /** Threads that ended meanwhile are missing; balancers keep theirs. */
    private static double nanoseconds(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.mapToDouble(thread -> firstNumber(thread.resolve("schedstat")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double firstNumber(Path file) {
        try {
            return Double.parseDouble(Files.readString(file).split(" ")[0]);
        } catch (IOException e) {
            return 0; // the thread has just ended
        }
    }

    /** user, nice, system, irq and softirq of the first line of /proc/stat; not idle, iowait, steal. */
    private static double machine() {
        try {
            String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
            long ticks = 0;
            for (int field : new int[] {1, 2, 3, 6, 7}) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks * SECONDS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
