package io.jenkins.plugins.baton.fleet.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reports of format {@code baton-drill/1} in today's words: {@code format-1.txt}. Our own writer puts no space between
 * a key and its colon, and within a text every quote is escaped: so what is replaced is a key or a whole value, never a
 * part of a text.
 */
final class FirstFormat {
    private static final String BEGIN = "{\"format\":\"baton-drill/1\",";
    private static final List<String> TABLE = table();

    private FirstFormat() {}

    /** The same report; any other format as it is. */
    static String upgrade(String json) {
        if (!json.startsWith(BEGIN)) {
            return json;
        }
        String upgraded = json;
        for (String line : TABLE) {
            String[] words = line.split(" ");
            upgraded = upgraded.replace(words[0], words[1]);
        }
        return upgraded;
    }

    private static List<String> table() {
        try (InputStream stream = FirstFormat.class.getResourceAsStream("format-1.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read our own resource format-1.txt", e);
        }
    }
}
