package io.jenkins.plugins.baton.lab.usage;

import java.util.Map;

/**
 * What processes used between two looks.
 *
 * @param seconds between the two
 * @param threads by name
 */
public record Spent(double seconds, Map<String, Share> threads) {

    /** What the threads of one name used. */
    public record Share(long processorNanos, long wakeUps) {
        Share plus(Share other) {
            return new Share(processorNanos + other.processorNanos, wakeUps + other.wakeUps);
        }
    }

    public double processorSeconds() {
        return threads.values().stream().mapToLong(Share::processorNanos).sum() / 1e9;
    }

    /** Milliseconds of a processor in each second. */
    public double processorMillisPerSecond() {
        return processorSeconds() * 1e3 / seconds;
    }

    public double wakeUpsPerSecond() {
        return threads.values().stream().mapToLong(Share::wakeUps).sum() / seconds;
    }
}
