package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.probe.LongLived.Loss;
import io.jenkins.plugins.baton.probe.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that one client reported. Safe for several threads. */
final class History {
    private final List<Sample> connects = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    /** How many requests were answered at which time. */
    private final TreeMap<Long, Long> answered = new TreeMap<>();

    synchronized void add(Observation observation) {
        if (observation instanceof Observation.Connect connect) {
            connects.add(connect.sample());
        } else if (observation instanceof Observation.Lost lost) {
            losses.add(lost.loss());
        } else if (observation instanceof Observation.Complete complete) {
            answered.merge(complete.until(), complete.answered(), Math::max);
        }
    }

    synchronized boolean isEmpty() {
        return connects.isEmpty();
    }

    /** Whether every connect that began before this time is known. */
    synchronized boolean isComplete(long until) {
        return !answered.isEmpty() && answered.lastKey() - until >= 0;
    }

    synchronized Impact between(long from, long to) {
        return Impact.of(
                connects(from, to),
                losses.stream()
                        .filter(loss -> loss.at() - from >= 0 && loss.at() - to <= 0)
                        .toList(),
                answeredUntil(to) - answeredUntil(from),
                from);
    }

    /** The longest time in which no connect began that is known to be answered, the edges of the stretch included. */
    synchronized Duration longestPause(long from, long to) {
        long last = from;
        long longest = 0;
        for (Sample sample : connects(from, to)) {
            if (sample.result() == Sample.Result.ANSWERED) {
                longest = Math.max(longest, sample.start() - last);
                last = sample.start();
            }
        }
        return Duration.ofNanos(Math.max(longest, to - last));
    }

    private List<Sample> connects(long from, long to) {
        return connects.stream()
                .filter(sample -> sample.start() - from >= 0 && sample.start() - to <= 0)
                .sorted(Comparator.comparingLong(Sample::start))
                .toList();
    }

    private long answeredUntil(long time) {
        Map.Entry<Long, Long> latest = answered.floorEntry(time);
        return latest == null ? 0 : latest.getValue();
    }
}
