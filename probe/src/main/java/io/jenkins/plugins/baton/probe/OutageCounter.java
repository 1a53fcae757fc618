package io.jenkins.plugins.baton.probe;

import java.util.ArrayList;
import java.util.List;

/** Finds the {@link Outages} of samples that come one after the other, without keeping them. One thread. */
public final class OutageCounter {
    private final long slowNanos;
    private final List<Outages.Band> bands = new ArrayList<>();
    private int attempts;
    private int failed;
    private int slow;
    private long resolution;
    private boolean bad;
    private long badSince;
    private Sample previous;

    /** @param slowNanos an answer that takes longer counts as an outage for the client that waited */
    public OutageCounter(long slowNanos) {
        this.slowNanos = slowNanos;
    }

    /** @param sample began at the same time as the one before, or later */
    public void add(Sample sample) {
        attempts++;
        if (previous != null) {
            resolution = Math.max(resolution, sample.start() - previous.start());
        }
        if (sample.isBad(slowNanos)) {
            failed += sample.result() == Sample.Result.ANSWERED ? 0 : 1;
            slow += sample.result() == Sample.Result.ANSWERED ? 1 : 0;
            badSince = bad ? badSince : sample.start();
            bad = true;
        } else if (bad) {
            bands.add(new Outages.Band(badSince, sample.start()));
            bad = false;
        }
        previous = sample;
    }

    /** Up to now; an outage that goes on ends with the last sample. */
    public Outages outages() {
        List<Outages.Band> all = new ArrayList<>(bands);
        if (bad) {
            all.add(new Outages.Band(badSince, previous.end()));
        }
        return new Outages(all, attempts, failed, slow, resolution);
    }
}
