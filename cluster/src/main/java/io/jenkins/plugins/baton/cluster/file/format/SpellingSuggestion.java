package io.jenkins.plugins.baton.cluster.file.format;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that an unknown one was probably meant to be. */
final class SpellingSuggestion {
    private SpellingSuggestion() {}

    static Optional<String> to(String unknown, Collection<String> known) {
        String word = plain(unknown);
        if (word.length() > 64) {
            return Optional.empty();
        }
        Optional<String> longer = known.stream()
                .filter(k -> word.length() > 2 && plain(k).startsWith(word))
                .findFirst();
        return longer.isPresent()
                ? longer
                : known.stream()
                        .min(Comparator.comparingInt(k -> distance(word, plain(k))))
                        .filter(k -> distance(word, plain(k)) <= Math.max(1, Math.min(word.length(), k.length()) / 3));
    }

    /** {@code virtual_router_id} and {@code virtualRouterId} are the same word. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Levenshtein's distance: insertions, deletions and substitutions. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
