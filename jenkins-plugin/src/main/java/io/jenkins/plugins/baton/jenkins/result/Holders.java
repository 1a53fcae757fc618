package io.jenkins.plugins.baton.jenkins.result;

import java.util.Map;
import java.util.stream.Collectors;

/** Who holds the addresses, in words. */
final class Holders {
    private Holders() {}

    /** @param holders by name of the virtual router; empty where there is not exactly one */
    static String inWords(Map<String, String> holders) {
        if (holders.size() == 1) {
            return inWords("the address", holders.values().iterator().next());
        }
        return holders.entrySet().stream()
                .map(one -> inWords(one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String inWords(String what, String holder) {
        return holder.isEmpty() ? "no single node holds " + what : holder + " holds " + what;
    }
}
