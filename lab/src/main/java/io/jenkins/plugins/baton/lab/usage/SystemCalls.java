package io.jenkins.plugins.baton.lab.usage;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the system calls of running daemons by strace, which slows them: never while their processor time is measured. Their
 * number is right all the same, for what makes an idle process call is time.
 */
public final class SystemCalls {
    private static final Pattern ROW =
            Pattern.compile("\\s*[\\d.]+\\s+[\\d.]+\\s+\\d+\\s+(\\d+)\\s+(?:(\\d+)\\s+)?(\\w+)");

    private final Duration time;
    private final Daemon strace;

    /**
     * How often they called.
     *
     * @param seconds it was counted for
     * @param calls by their names
     */
    public record Count(double seconds, Map<String, Call> calls) {
        public double perSecond() {
            return calls.values().stream().mapToLong(Call::count).sum() / seconds;
        }

        /** Of them refused: most with EAGAIN, because there was nothing yet to read. */
        public double failedPerSecond() {
            return calls.values().stream().mapToLong(Call::failed).sum() / seconds;
        }
    }

    /** One kind of call. */
    public record Call(long count, long failed) {}

    private SystemCalls(Duration time, Daemon strace) {
        this.time = time;
        this.strace = strace;
    }

    /** Begins to count; several counts may run at the same time. */
    public static SystemCalls begin(Host host, List<Daemon> daemons, Duration time) {
        List<String> command = new ArrayList<>(List.of(
                "timeout", "--signal=INT", "--preserve-status", Long.toString(time.toSeconds()), "strace", "-c", "-f"));
        daemons.forEach(daemon -> daemon.pids().forEach(pid -> command.addAll(List.of("-p", Long.toString(pid)))));
        return new SystemCalls(time, host.start("strace", command, Map.of()));
    }

    /** Waits until the time is over. */
    public Count await() {
        strace.awaitEnd(time.plusSeconds(30));
        return new Count(time.toSeconds(), parse(strace.log()));
    }

    static Map<String, Call> parse(String table) {
        Map<String, Call> calls = new TreeMap<>();
        table.lines().map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            if (!row.group(3).equals("total")) {
                long failed = row.group(2) == null ? 0 : Long.parseLong(row.group(2));
                calls.put(row.group(3), new Call(Long.parseLong(row.group(1)), failed));
            }
        });
        return calls;
    }
}
