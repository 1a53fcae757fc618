package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.usage.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time used since its creation: by some processes, and by the whole machine. */
final class CpuMeter {
    /** USER_HZ of every architecture that Linux has today. */
    private static final double SECONDS_PER_TICK = 0.01;

    private final List<Daemon> daemons;
    private final Usage processesAtStart;
    private final double machineAtStart;

    CpuMeter(List<Daemon> daemons) {
        this.daemons = daemons;
        this.processesAtStart = Usage.of(daemons);
        this.machineAtStart = machine();
    }

    /** Seconds of the processes, with what the kernel did on their account. */
    double processSeconds() {
        return Usage.of(daemons).since(processesAtStart).processorSeconds();
    }

    /** Seconds of all that ran: clients, backends and interrupts too. Ticks of 10 ms: for stretches of seconds. */
    double machineSeconds() {
        return machine() - machineAtStart;
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
