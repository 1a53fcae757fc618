package io.jenkins.plugins.baton.cluster.importer.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a command line into words and operators (IEEE 1003.1, sections 2.2 and 2.3). */
final class Tokens {
    private static final Pattern OPERATOR =
            Pattern.compile("&&|\\|\\||;;|&>>|&>|[0-9]*(?:<<-|<<|<&|<>|>>|>&|>\\||<|>)|\\||;|&|\\(|\\)|\\n");

    private static final String EXPANDS = "$`~{}";
    private static final String PATTERN = "*?[]";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean quoted;
    private boolean expands;
    private boolean pattern;
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    /** @return empty when a quote is not closed */
    static Optional<List<Token>> of(String text) {
        return new Tokens(text).split();
    }

    private Optional<List<Token>> split() {
        Matcher operator = OPERATOR.matcher(text);
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean mayBeOperator = !inWord || !Character.isDigit(c);
            if (c == ' ' || c == '\t') {
                end();
                at++;
            } else if (c == '#' && !inWord) {
                break;
            } else if (c == '\'' || c == '"') {
                if (!quoted(c)) {
                    return Optional.empty();
                }
            } else if (c == '\\' && at + 1 < text.length()) {
                append(text.charAt(at + 1));
                quoted = true;
                at += 2;
            } else if (mayBeOperator && operator.region(at, text.length()).lookingAt()) {
                end();
                tokens.add(new Token(operator.group().equals("\n") ? ";" : operator.group(), true, false, false));
                at = operator.end();
            } else {
                expands |= EXPANDS.indexOf(c) >= 0;
                pattern |= PATTERN.indexOf(c) >= 0;
                append(c);
                at++;
            }
        }
        end();
        return Optional.of(tokens);
    }

    /** @return false when the quote is not closed */
    private boolean quoted(char quote) {
        quoted = true;
        inWord = true;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return true;
            }
            if (c == '\\' && quote == '"' && at + 1 < text.length() && "$`\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
                append(text.charAt(at));
            } else {
                expands |= quote == '"' && (c == '$' || c == '`');
                append(c);
            }
        }
        return false;
    }

    private void append(char c) {
        word.append(c);
        inWord = true;
    }

    private void end() {
        if (inWord) {
            // A pattern that matches no file stands for itself, and the query of a URL never matches one. [ is a
            // program.
            boolean matches =
                    pattern && word.indexOf("://") < 0 && !word.toString().matches("[\\[\\]]");
            tokens.add(new Token(word.toString(), false, quoted, expands || matches));
        }
        word.setLength(0);
        inWord = false;
        quoted = false;
        expands = false;
        pattern = false;
    }
}
