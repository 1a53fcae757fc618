package io.jenkins.plugins.baton.lab.usage;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What daemons and their children have used since they began.
 *
 * @param nanoTime when that was read, {@link System#nanoTime}
 * @param threads by their numbers; one that has ended is missing
 */
public record Usage(long nanoTime, Map<Long, ThreadUsage> threads) {

    /**
     * @param name at most 15 characters: so many does the kernel keep
     * @param processorNanos time on a processor, that in the kernel included
     * @param wakeUps how often it waited and went on: voluntary context switches
     */
    public record ThreadUsage(String name, long processorNanos, long wakeUps) {}

    public static Usage of(List<Daemon> daemons) {
        Map<Long, ThreadUsage> threads = new HashMap<>();
        daemons.forEach(daemon -> daemon.pids().forEach(pid -> read(pid, threads)));
        return new Usage(System.nanoTime(), threads);
    }

    /** What was used since an earlier look; threads of one name are one. */
    public Spent since(Usage earlier) {
        Map<String, Spent.Share> shares = new TreeMap<>();
        threads.forEach((number, now) -> {
            ThreadUsage before = earlier.threads.getOrDefault(number, new ThreadUsage(now.name(), 0, 0));
            shares.merge(
                    now.name(),
                    new Spent.Share(now.processorNanos() - before.processorNanos(), now.wakeUps() - before.wakeUps()),
                    Spent.Share::plus);
        });
        return new Spent((nanoTime - earlier.nanoTime) / 1e9, shares);
    }

    private static void read(long pid, Map<Long, ThreadUsage> threads) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                readThread(task, threads);
            }
        } catch (IOException e) {
            throw new LabException("cannot list the threads of process " + pid + ": " + e.getMessage(), e);
        }
    }

    private static void readThread(Path task, Map<Long, ThreadUsage> threads) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            long nanos =
                    Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
            long switches = StatusFile.number(task.resolve("status"), "voluntary_ctxt_switches");
            threads.put(Long.parseLong(task.getFileName().toString()), new ThreadUsage(name, nanos, switches));
        } catch (IOException e) {
            // The thread has just ended.
        }
    }
}
