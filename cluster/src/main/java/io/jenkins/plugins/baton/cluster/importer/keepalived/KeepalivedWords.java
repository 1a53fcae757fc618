package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The words of a line of keepalived.conf, as keepalived 2.2 splits them (lib/parser.c): only double quotes quote, {@code !}
 * and {@code #} begin a comment unless a backslash stands before them, and any other backslash stands for itself. What
 * {@code script} and {@code notify} run is split once more, with single quotes and escapes.
 */
final class KeepalivedWords {
    private static final Set<String> COMMANDS =
            Set.of("script", "notify", "notify_master", "notify_backup", "notify_fault", "notify_stop");

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int at;
    private boolean cut;

    private KeepalivedWords(String text) {
        this.text = text;
    }

    static KeepalivedWords of(String line) {
        KeepalivedWords words = new KeepalivedWords(line);
        words.split();
        return words;
    }

    /** Braces and semicolons are words of their own. */
    List<Word> words() {
        return words;
    }

    /** Whether the comment begins right behind a word, so that somebody may have meant it to be a part of it. */
    boolean isCut() {
        return cut;
    }

    /** Whether a backslash at the end joins the next line to this one. */
    static boolean isContinued(CharSequence line) {
        return line.toString().endsWith("\\")
                && !line.toString().endsWith("\\\\")
                && !line.toString().matches("\\s*[!#].*");
    }

    private void split() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Word.isSpace(c)) {
                at++;
            } else if (c == '#' || c == '!') {
                cut = at > 0 && !Word.isSpace(text.charAt(at - 1)) && "{}".indexOf(text.charAt(at - 1)) < 0;
                return;
            } else if (c == '{' || c == '}') {
                words.add(new Word(String.valueOf(c), at + 1, false));
                at++;
            } else if (isCommand()) {
                escaped();
            } else if (c == '"') {
                quoted();
            } else {
                plain();
            }
        }
    }

    /** Whether what comes next is what a command directive runs. */
    private boolean isCommand() {
        for (int i = words.size() - 1; i >= 0; i--) {
            if (words.get(i).text().matches("[{}]")) {
                return false;
            }
            if (COMMANDS.contains(words.get(i).text())
                    && (i == 0 || words.get(i - 1).text().matches("[{}]"))) {
                return true;
            }
        }
        return false;
    }

    private void quoted() {
        int end = text.indexOf('"', at + 1);
        int last = end < 0 ? text.length() : end;
        words.add(new Word(text.substring(at + 1, last), at + 1, true));
        at = last + 1;
    }

    private void plain() {
        int begin = at;
        boolean password =
                !words.isEmpty() && words.get(words.size() - 1).text().equals("auth_pass");
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !endsPlain(text.charAt(at), password && at > begin)) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            int variable = c == '$' && next == '{' ? text.indexOf('}', at) : -1;
            if (variable > 0) {
                word.append(text, at, variable + 1);
                at = variable + 1;
            } else if (c == '\\' && next != 0 && next != '"' && !Word.isSpace(next)) {
                word.append(next == '#' || next == '!' ? "" : "\\").append(next);
                at += 2;
            } else {
                word.append(c);
                at++;
            }
        }
        addPlain(word.toString(), begin, password);
    }

    private static boolean endsPlain(char c, boolean inPassword) {
        return Word.isSpace(c) || "\"#!".indexOf(c) >= 0 || !inPassword && "{}".indexOf(c) >= 0;
    }

    private void addPlain(String word, int begin, boolean password) {
        boolean semicolon = !password && word.endsWith(";");
        String value = semicolon ? word.replaceAll(";+$", "") : word;
        if (!value.isEmpty()) {
            words.add(new Word(value, begin + 1, false));
        }
        if (semicolon) {
            words.add(new Word(";", begin + 1, false));
        }
    }

    /** {@code alloc_strvec_quoted_escaped}: both quotes, a backslash before any character, C's letters for some. */
    private void escaped() {
        int begin = at;
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean anyQuote = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                int control = "abfnrtv".indexOf(next);
                word.append(control < 0 ? next : "\u0007\b\f\n\r\t\u000b".charAt(control));
                at++;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                anyQuote = true;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (Word.isSpace(c) || "{}#!".indexOf(c) >= 0)) {
                break;
            } else {
                word.append(c);
            }
            at++;
        }
        words.add(new Word(word.toString(), begin + 1, anyQuote));
    }
}
