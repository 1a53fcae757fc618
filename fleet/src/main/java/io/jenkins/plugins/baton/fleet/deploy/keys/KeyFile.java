package io.jenkins.plugins.baton.fleet.deploy.keys;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The key file of a group, as {@code secret} in the cluster file names it: the first key signs, all are accepted. Pure.
 *
 * @param keys lower-case hex, or {@link #UNSIGNED}
 */
record KeyFile(List<String> keys) {
    /** Stands for no key. */
    static final String UNSIGNED = "unsigned";

    private static final int OCTETS = 32;
    private static final String HEADER =
            "# Made by baton deploy; the first key signs, all are accepted. baton deploy --rotate-secret replaces it.\n";

    KeyFile {
        keys = List.copyOf(keys);
    }

    static KeyFile of(String... keys) {
        return new KeyFile(List.of(keys));
    }

    static KeyFile parse(String text) {
        return new KeyFile(text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
    }

    static String randomKey() {
        byte[] octets = new byte[OCTETS];
        new SecureRandom().nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    /** These keys before those, each once. */
    static KeyFile joined(KeyFile one, KeyFile other) {
        Set<String> all = new LinkedHashSet<>(one.keys);
        all.addAll(other.keys);
        return new KeyFile(List.copyOf(all));
    }

    KeyFile signed() {
        return new KeyFile(keys.stream().filter(key -> !key.equals(UNSIGNED)).toList());
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    boolean takesUnsigned() {
        return keys.contains(UNSIGNED);
    }

    /** What stands in the file. */
    String text() {
        return HEADER + String.join("\n", keys) + "\n";
    }

    /** Never a key. */
    @Override
    public String toString() {
        return "KeyFile[" + keys.size() + " keys]";
    }
}
