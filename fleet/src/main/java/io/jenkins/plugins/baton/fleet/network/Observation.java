package io.jenkins.plugins.baton.fleet.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one node says of the probes, by their keys.
 *
 * @param refused what it could not send, and why
 * @param seen what came to one of its interfaces, or left by one: before its firewall, or after
 * @param passed what came through its firewall
 */
record Observation(Map<String, String> refused, Set<String> seen, Set<String> passed) {
    /** A probe has this many words. */
    private static final int KEY_WORDS = 5;

    Observation {
        refused = Map.copyOf(refused);
        seen = Set.copyOf(seen);
        passed = Set.copyOf(passed);
    }

    /** The lines of a station's report; others are left out. */
    static Observation parse(List<String> lines) {
        Map<String, String> refused = new HashMap<>();
        Set<String> seen = new HashSet<>();
        Set<String> passed = new HashSet<>();
        for (String line : lines) {
            String[] words = line.split(" ", KEY_WORDS + 2);
            if (words.length <= KEY_WORDS) {
                continue;
            }
            String key = String.join(" ", List.of(words).subList(1, KEY_WORDS + 1));
            switch (words[0]) {
                case "refused" -> refused.put(key, words.length > KEY_WORDS + 1 ? words[KEY_WORDS + 1] : "");
                case "seen" -> seen.add(key);
                case "passed" -> passed.add(key);
                default -> {
                    // sudo or a login script said something
                }
            }
        }
        return new Observation(refused, seen, passed);
    }
}
