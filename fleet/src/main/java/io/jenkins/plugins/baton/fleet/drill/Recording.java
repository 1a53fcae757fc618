package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the nodes said during a drill. Written by the watchers' threads. */
final class Recording {
    private final List<Seen> seen = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    /**
     * One status of one node.
     *
     * @param at when the node took it, by our {@link System#nanoTime}
     */
    record Seen(long at, NodeStatus status) {
        /**
         * When something began that the status tells of.
         *
         * @param instant by the node's clock, as the status' own is: their difference needs no mapping
         */
        long since(String instant) {
            long age = Duration.between(Instant.parse(instant), Instant.parse(status.sampledAt()))
                    .toNanos();
            return at - Math.max(0, age);
        }
    }

    /**
     * Something that happened, for the timeline; {@code at} as above.
     *
     * @param noData whether the node's agent has said nothing since
     */
    record Note(long at, String node, String text, boolean noData) {}

    synchronized void add(Seen status) {
        seen.add(status);
    }

    synchronized void note(long at, String node, String text) {
        notes.add(new Note(at, node, text, false));
    }

    synchronized void noData(long at, String node, String text) {
        notes.add(new Note(at, node, text, true));
    }

    /** In the order of time. */
    synchronized List<Seen> seen() {
        return seen.stream().sorted(Comparator.comparingLong(Seen::at)).toList();
    }

    /** In the order of time. */
    synchronized List<Note> notes() {
        return notes.stream().sorted(Comparator.comparingLong(Note::at)).toList();
    }
}
