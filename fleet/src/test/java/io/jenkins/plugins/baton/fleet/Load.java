package io.jenkins.plugins.baton.fleet;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import io.jenkins.plugins.baton.probe.ConnectProbe;
import io.jenkins.plugins.baton.probe.LongLived;
import io.jenkins.plugins.baton.probe.Outages;
import io.jenkins.plugins.baton.probe.Sample;
import io.jenkins.plugins.baton.probe.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client at the operator's place of a lab: a new connection every 5 ms and 20 long-lived ones, in a JVM of its own. */
final class Load implements AutoCloseable {
    private static final int LONG_LIVED = 20;
    private static final Duration INTERVAL = Duration.ofMillis(5);
    /** On a busy machine a late answer is no failed one. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final String BEGUN = "begun";
    private static final Pattern SEEN = Pattern.compile(
            "(\\d+) connects, (\\d+) failed, (\\d+) of 20 long-lived lost, at most (\\d+) under way at once as a rule");

    private final Process process;

    private Load(Process process) {
        this.process = process;
    }

    /** @param underWay connects that had begun and were not answered yet, at nearly any time at most so many */
    record Seen(int connects, int failed, int longLivedLost, int underWay) {}

    /** It is at work when this returns. */
    static Load start(SystemdLab lab) throws IOException {
        Process process = lab.atOperator(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName(),
                        lab.clusterFile().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!BEGUN.equals(process.inputReader().readLine())) {
            throw new IOException("the load did not begin");
        }
        return new Load(process);
    }

    Seen stop() throws IOException {
        process.getOutputStream().close();
        String text = process.inputReader().lines().collect(Collectors.joining("\n"));
        Matcher seen = SEEN.matcher(text);
        if (!seen.find()) {
            throw new IOException("the load ended without a result: " + text);
        }
        System.out.println("under load: " + text);
        return new Seen(
                Integer.parseInt(seen.group(1)),
                Integer.parseInt(seen.group(2)),
                Integer.parseInt(seen.group(3)),
                Integer.parseInt(seen.group(4)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The client; its input's end is its own. */
    public static void main(String[] arguments) throws Exception {
        ClusterFile file = ClusterFile.read(Path.of(arguments[0]));
        Target target =
                Targets.of(file.cluster(), file.cluster().frontends().get(0)).get(0);
        try (LongLived longLived = new LongLived(target, LONG_LIVED, TIMEOUT);
                ConnectProbe probe = new ConnectProbe(target, INTERVAL, TIMEOUT)) {
            probe.start();
            System.out.println(BEGUN);
            System.in.transferTo(OutputStream.nullOutputStream());
            probe.stop();
            Outages outages = Outages.of(probe.samples(), Duration.ofMillis(500).toNanos());
            System.out.printf(
                    "%d connects, %d failed, %d of %d long-lived lost, at most %d under way at once as a rule,"
                            + " longest outage %.1f ms%n",
                    outages.attempts(),
                    outages.failed(),
                    longLived.losses().size(),
                    LONG_LIVED,
                    underWay(probe.samples()),
                    outages.longestNanos() / 1e6);
        }
    }

    /** How many begin while one is answered, of a hundred the slowest left out. */
    private static long underWay(List<Sample> samples) {
        long[] times = samples.stream()
                .filter(sample -> sample.result() == Sample.Result.ANSWERED)
                .mapToLong(sample -> sample.end() - sample.start())
                .sorted()
                .toArray();
        return times.length == 0 ? 0 : times[times.length * 99 / 100] / INTERVAL.toNanos() + 1;
    }
}
