package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** The last word of a node up to a moment. */
    Optional<Seen> latest(String node, long at) {
        return seen().stream()
                .filter(seen -> seen.status().node().equals(node) && seen.at() <= at)
                .reduce((earlier, later) -> later);
    }

    /** Whether it was known at that moment that the node's agent says nothing. */
    boolean isSilent(String node, long at) {
        long spoke = latest(node, at).map(Seen::at).orElse(Long.MIN_VALUE);
        return notes().stream()
                .anyMatch(note -> note.noData() && note.node().equals(node) && note.at() > spoke && note.at() <= at);
    }

    /** What all nodes said last, up to a moment. */
    View view(List<String> nodes, long at) {
        Map<String, NodeStatus> answered = new LinkedHashMap<>();
        Map<String, String> unanswered = new LinkedHashMap<>();
        for (String node : nodes) {
            Optional<Seen> latest = latest(node, at);
            if (latest.isEmpty() || isSilent(node, at)) {
                unanswered.put(node, node + ": its agent says nothing");
            } else {
                answered.put(node, latest.get().status());
            }
        }
        return new View(answered, unanswered);
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
