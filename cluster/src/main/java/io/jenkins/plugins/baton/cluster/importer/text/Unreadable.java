package io.jenkins.plugins.baton.cluster.importer.text;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that nobody can read: placeholders of guides and templates, bytes that are not UTF-8, control characters, and what
 * looks like a space or a quote and is none.
 */
public final class Unreadable {
    /** What they run is a shell's: its variables and redirections are no placeholders. */
    private static final Set<String> COMMANDS =
            Set.of("script", "notify", "notify_master", "notify_backup", "notify_fault", "notify_stop", "log-format");

    private static final Pattern PLACEHOLDER =
            Pattern.compile(".*\\{\\{.*|\\{%.*|<[A-Za-z][A-Za-z0-9_ -]*>([:/].*)?", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z_][A-Za-z0-9_]*([:/].*)?", Pattern.DOTALL);
    private static final Set<String> WITHOUT_VARIABLES = Set.of(
            "interface", "priority", "virtual_router_id", "state", "unicast_src_ip", "mcast_src_ip", "bind", "server");

    /** They come with text that is copied from web pages. */
    private static final Pattern LOOKS_LIKE_A_SPACE =
            Pattern.compile("[\\u00A0\\u2000-\\u200F\\u202F\\u205F\\u2060\\u3000\\uFEFF]");

    private static final Pattern LOOKS_LIKE_ASCII = Pattern.compile(
            "^[\\u2018-\\u201F\\uFF02\\uFF07]|[\\u2018-\\u201F\\uFF02\\uFF07\\uFF0C\\uFF1A\\uFF1B\\u3001\\u3002]$");

    private Unreadable() {}

    /**
     * @param needed whether the values are, so that a variable is a problem
     * @return whether all words can be read; the problems tell which cannot
     */
    public static boolean report(
            SourceText source, Directive directive, List<Word> words, boolean needed, Problems problems) {
        boolean readable = true;
        for (Word word : words) {
            int column = word.firstBeyondAscii();
            if (needed && word.text().contains("${")) {
                problems.add(
                        new Mark(directive.line(), word.column()),
                        directive.name() + ": " + word.text()
                                + " is still the guide's placeholder; put your value there");
                readable = false;
            } else if (!source.utf8() && column > 0) {
                int unreadable = word.text()
                        .codePoints()
                        .filter(c -> c > 126)
                        .findFirst()
                        .orElseThrow();
                problems.add(
                        new Mark(directive.line(), column),
                        directive.name() + String.format(": the byte 0x%02X is not UTF-8", unreadable)
                                + ", and only comments may have such; write the value in ASCII or save the file as UTF-8");
                readable = false;
            } else if (needed && isPlaceholder(directive, word)) {
                problems.add(
                        new Mark(directive.line(), word.column()),
                        directive.name() + ": " + (directive.name().equals("auth_pass") ? "****" : word.text())
                                + " is still a placeholder; put your value there");
                readable = false;
            } else if (LOOKS_LIKE_A_SPACE.matcher(word.text()).find()) {
                problems.add(
                        new Mark(directive.line(), column),
                        sign(LOOKS_LIKE_A_SPACE, word)
                                + " looks like a space or like nothing, and is a part of the word;"
                                + " type a space instead, or remove it");
                readable = false;
            } else if (LOOKS_LIKE_ASCII.matcher(word.text()).find()) {
                problems.add(
                        new Mark(directive.line(), column),
                        sign(LOOKS_LIKE_ASCII, word) + " is not the sign of ASCII that it looks like; type that one");
                readable = false;
            } else if (word.text().codePoints().anyMatch(Unreadable::isControl)) {
                problems.add(
                        new Mark(directive.line(), word.column()),
                        "a control character stands in this line; remove it");
                readable = false;
            }
        }
        return readable;
    }

    private static boolean isPlaceholder(Directive directive, Word word) {
        return !COMMANDS.contains(directive.name())
                && (PLACEHOLDER.matcher(word.text()).matches()
                        || WITHOUT_VARIABLES.contains(directive.name())
                                && VARIABLE.matcher(word.text()).matches());
    }

    private static String sign(Pattern pattern, Word word) {
        Matcher matcher = pattern.matcher(word.text());
        return matcher.find()
                ? String.format("the character U+%04X", matcher.group().codePointAt(0))
                : "a character";
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
    }
}
