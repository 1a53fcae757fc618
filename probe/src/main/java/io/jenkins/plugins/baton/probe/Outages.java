package io.jenkins.plugins.baton.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The outages in a series of samples: the one definition, for a drill, for the experiments and for the benchmark. An outage
 * is the time in which no attempt that began was good: from the start of the first bad one to the start of the next good one.
 * Pure.
 *
 * <p>Why starts, and not the longest time between two answers: TCP sends a lost SYN again after a second, so that the answers
 * to attempts of an outage of 20 ms come a second later, and those of a long outage all at once; what a client that begins at a
 * given time meets is known by when it began. And a prober that stood still for a moment, because its machine did, has seen no
 * outage: that is its resolution, a figure of its own. What is not seen are delays below the limit of slowness.
 *
 * @param bands the outages in order
 * @param attempts number of samples
 * @param failed how many got no answer
 * @param slow how many got a late one
 * @param resolutionNanos the longest time between the starts of two attempts: an outage is known to be this exact, and
 *     a pause of the prober itself shows here
 */
public record Outages(List<Band> bands, int attempts, int failed, int slow, long resolutionNanos) {

    /** From the first bad attempt to the next good one; {@link System#nanoTime}. */
    public record Band(long start, long end) {
        public long nanos() {
            return end - start;
        }
    }

    public Outages {
        bands = List.copyOf(bands);
    }

    /**
     * @param samples in any order
     * @param slowNanos an answer that takes longer counts as an outage for the client that waited
     */
    public static Outages of(List<Sample> samples, long slowNanos) {
        OutageCounter counter = new OutageCounter(slowNanos);
        samples.stream().sorted(Comparator.comparingLong(Sample::start)).forEach(counter::add);
        return counter.outages();
    }

    /** Outages that are less than this apart, taken together: a time in which some attempts failed. */
    public List<Band> troubles(long apartNanos) {
        List<Band> troubles = new ArrayList<>();
        for (Band band : bands) {
            Band last = troubles.isEmpty() ? null : troubles.get(troubles.size() - 1);
            if (last != null && band.start() - last.end() < apartNanos) {
                troubles.set(troubles.size() - 1, new Band(last.start(), band.end()));
            } else {
                troubles.add(band);
            }
        }
        return troubles;
    }

    public long longestNanos() {
        return bands.stream().mapToLong(Band::nanos).max().orElse(0);
    }

    public long sumNanos() {
        return bands.stream().mapToLong(Band::nanos).sum();
    }
}
