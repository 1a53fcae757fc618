package io.jenkins.plugins.baton.lab.bench.idle;

import java.util.List;

/** What is measured of idle nodes, in the words of the samples. */
public final class IdleRows {
    public static final String BATON = "Baton";
    public static final String REFERENCE = "haproxy + keepalived";
    public static final String HOLDER = "holder";
    public static final String BACKUP = "backup";
    public static final String CPU = "CPU, ms/s";
    public static final String WAKE_UPS = "wake-ups/s";
    public static final String CALLS = "system calls/s";
    public static final String RSS = "RSS, MB";
    public static final String PSS = "PSS, MB";
    public static final List<String> METRICS = List.of(CPU, WAKE_UPS, CALLS, RSS, PSS);

    /** The size of which the goals are. */
    public static final ClusterSize SMALL = new ClusterSize(3, 1);

    private IdleRows() {}

    /**
     * Of one node in the minute that ends then.
     *
     * @param node {@link #HOLDER} or {@link #BACKUP}
     * @param minutes after the start
     */
    public static String row(ClusterSize size, String node, String minutes, String metric) {
        return rows(size, node) + minutes + ": " + metric;
    }

    /** What the names of all rows of a node begin with; the minutes follow. */
    public static String rows(ClusterSize size, String node) {
        return "idle, " + size + ", " + node + ", minute ";
    }

    /** Of one thread of the holder. */
    public static String thread(ClusterSize size, String minutes, String thread) {
        return row(size, HOLDER, minutes, CPU + " of thread " + thread);
    }
}
