package io.jenkins.plugins.baton.cluster.file.yaml;

import io.jenkins.plugins.baton.cluster.Mark;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A character that looks like one of YAML's and is another: input methods and web pages write them. It is only looked for
 * where a text is no YAML, since comments and values may have them.
 *
 * @param typed what was meant
 */
record LookAlike(Mark mark, char character, String typed) {
    /** The parser notices only in the next line or the one after it that a key had no colon. */
    private static final int LINES_BEFORE = 2;

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");

    private static final Map<Character, String> MEANT = Map.ofEntries(
            Map.entry('\uFF1A', "':'"),
            Map.entry('\uFF0C', "','"),
            Map.entry('\u3001', "','"),
            Map.entry('\uFF3B', "'['"),
            Map.entry('\uFF3D', "']'"),
            Map.entry('\u3010', "'['"),
            Map.entry('\u3011', "']'"),
            Map.entry('\uFF5B', "'{'"),
            Map.entry('\uFF5D', "'}'"),
            Map.entry('\u2013', "'-'"),
            Map.entry('\u2014', "'-'"),
            Map.entry('\uFF0D', "'-'"),
            Map.entry('\u201C', "a straight quote"),
            Map.entry('\u201D', "a straight quote"),
            Map.entry('\u2018', "a straight quote"),
            Map.entry('\u2019', "a straight quote"));

    /** The first one outside comments and quotes in the lines up to this one (from 1) where the parser gave up. */
    static Optional<LookAlike> before(String text, int line) {
        String[] lines = text.split("\n", -1);
        for (int i = Math.max(0, line - 1 - LINES_BEFORE); i < Math.min(line, lines.length); i++) {
            String content = QUOTED.matcher(lines[i])
                    .replaceAll(quoted -> "x".repeat(quoted.group().length()))
                    .replaceFirst("(^| )#.*", "");
            for (int at = 0; at < content.length(); at++) {
                Optional<String> typed = meant(content.charAt(at));
                if (typed.isPresent()) {
                    Mark mark = new Mark(i + 1, content.codePointCount(0, at) + 1);
                    return Optional.of(new LookAlike(mark, content.charAt(at), typed.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> meant(char c) {
        return c != ' ' && Character.isSpaceChar(c)
                ? Optional.of("an ordinary space")
                : Optional.ofNullable(MEANT.get(c));
    }

    String sentence() {
        return String.format("the character U+%04X only looks like %s; type %s", (int) character, typed, typed);
    }
}
