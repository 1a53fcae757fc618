package io.jenkins.plugins.baton.agent.plane.kernel;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node can do for the others, as its agent tells theirs.
 *
 * @param serves frontends whose connections may be dispatched to it
 * @param passesOn frontends of which it has the ring alone
 * @param leaving whether its agent is being stopped: what it has goes on, but nothing new is for it
 */
record PeerCapabilities(Set<String> serves, Set<String> passesOn, boolean leaving) {
    private static final String SERVES = "serves:";
    private static final String PASSES_ON = "passes-on:";
    private static final String LEAVING = "leaving";

    PeerCapabilities {
        serves = new TreeSet<>(serves);
        passesOn = new TreeSet<>(passesOn);
    }

    /** Words that it does not know are those of a later version. */
    static PeerCapabilities parse(String text) {
        return new PeerCapabilities(
                names(text, SERVES),
                names(text, PASSES_ON),
                Arrays.asList(text.split(" ")).contains(LEAVING));
    }

    private static Set<String> names(String text, String mark) {
        return Arrays.stream(text.split(" "))
                .filter(word -> word.startsWith(mark))
                .map(word -> word.substring(mark.length()))
                .collect(Collectors.toSet());
    }

    /** Without a word. */
    boolean isEmpty() {
        return serves.isEmpty() && passesOn.isEmpty() && !leaving;
    }

    /** Whether it has the ring of this frontend, at least. */
    boolean hasRingOf(String frontend) {
        return serves.contains(frontend) || passesOn.contains(frontend);
    }

    /** On one line, as {@link #parse} reads it. */
    String text() {
        return Stream.of(
                        serves.stream().map(SERVES::concat),
                        passesOn.stream().map(PASSES_ON::concat),
                        leaving ? Stream.of(LEAVING) : Stream.<String>empty())
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }
}
