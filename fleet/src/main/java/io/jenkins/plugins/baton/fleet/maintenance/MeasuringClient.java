package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Targets;
import io.jenkins.plugins.baton.probe.ConnectProbe;
import io.jenkins.plugins.baton.probe.LongLived;
import io.jenkins.plugins.baton.probe.OutageCounter;
import io.jenkins.plugins.baton.probe.Outages;
import io.jenkins.plugins.baton.probe.Sample;
import io.jenkins.plugins.baton.probe.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A client that connects to the first frontend that it can reach, through a whole maintenance, which may last for hours: it
 * keeps figures, not every attempt.
 */
public final class MeasuringClient implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    private static final int LONG_LIVED = 20;
    private static final long COUNT_INTERVAL_MILLIS = 250;

    /** What turns {@link System#nanoTime} into the time of day. */
    private final Instant epoch = Instant.now();

    private final long epochNanos = System.nanoTime();
    private final LongLived longLived;
    private final ConnectProbe probe;
    private final Thread thread;
    /** Guarded by this. */
    private final OutageCounter counter = new OutageCounter(SLOW.toNanos());
    /** Attempts that ended before an earlier one did; guarded by this. */
    private List<Sample> early = new ArrayList<>();
    /** Guarded by this. */
    private boolean closed;

    /**
     * It measures when this returns.
     *
     * @throws FleetException BAD_INPUT when the cluster has no frontend; FAILED when nobody answers there
     */
    public MeasuringClient(Cluster cluster) throws FleetException {
        Target target = target(cluster);
        try {
            longLived = new LongLived(target, LONG_LIVED, READ_TIMEOUT);
        } catch (IOException e) {
            throw unanswered(target, e);
        }
        try {
            probe = new ConnectProbe(target, INTERVAL, TIMEOUT);
        } catch (IOException e) {
            longLived.close();
            throw unanswered(target, e);
        }
        probe.start();
        thread = DaemonThread.start("measuring-client", this::work);
    }

    /** @throws FleetException BAD_INPUT when there is nowhere to connect to */
    public static Target target(Cluster cluster) throws FleetException {
        return cluster.frontends().stream()
                .flatMap(frontend -> Targets.of(cluster, frontend).stream())
                .findFirst()
                .orElseThrow(() -> FleetException.badInput(
                        "a client needs a frontend to connect to, and the cluster file has none that it could reach"));
    }

    private static FleetException unanswered(Target target, IOException e) {
        return FleetException.failed("cannot probe " + target + ": " + e.getMessage(), e);
    }

    private void work() {
        try {
            while (true) {
                Thread.sleep(COUNT_INTERVAL_MILLIS);
                count();
            }
        } catch (InterruptedException e) {
            // Closed.
            return;
        }
    }

    /** Counts what is complete, in the order in which it began. */
    private synchronized void count() {
        if (closed) {
            return;
        }
        long complete = probe.completeUntil();
        early.addAll(probe.take());
        early.sort(Comparator.comparingLong(Sample::start));
        List<Sample> later = new ArrayList<>();
        for (Sample sample : early) {
            if (sample.start() < complete) {
                counter.add(sample);
            } else {
                later.add(sample);
            }
        }
        early = later;
    }

    /** Up to now; also after {@link #close}. */
    public synchronized ClientFigures figures() {
        Outages outages = counter.outages();
        List<LongLived.Loss> losses = longLived.losses();
        return new ClientFigures(
                outages.attempts(),
                outages.failed(),
                outages.slow(),
                outages.longestNanos() / 1e6,
                outages.resolutionNanos() / 1e6,
                longLived.count(),
                losses.size(),
                losses.stream()
                        .map(loss -> new ClientFigures.Loss(at(loss.at()), loss.reason()))
                        .toList(),
                outages.bands().stream()
                        .map(band -> new ClientFigures.Outage(at(band.start()), band.nanos() / 1e6))
                        .toList(),
                0);
    }

    private String at(long nanoTime) {
        return epoch.plusNanos(nanoTime - epochNanos)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    /** Counts what has not been counted yet; a second time it does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.interrupt();
        probe.stop();
        longLived.close();
        early.addAll(probe.take());
        early.sort(Comparator.comparingLong(Sample::start));
        early.forEach(counter::add);
        early.clear();
    }
}
