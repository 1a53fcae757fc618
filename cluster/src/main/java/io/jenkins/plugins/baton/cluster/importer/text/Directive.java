package io.jenkins.plugins.baton.cluster.importer.text;

import io.jenkins.plugins.baton.cluster.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line of a configuration, with what it encloses. Two directives are never equal: what is carried over and what is
 * not is kept by the place where it stands.
 */
public final class Directive {
    private final String file;
    private final Mark mark;
    private final List<String> words;
    private final boolean quoted;
    private final List<Directive> children = new ArrayList<>();

    /**
     * @param line 1-based
     * @param words at least one
     */
    public Directive(String file, int line, List<Word> words) {
        this.file = file;
        this.mark = new Mark(line, words.get(0).column());
        this.words = words.stream().map(Word::text).toList();
        this.quoted = words.size() > 1 && words.get(1).quoted();
    }

    public String file() {
        return file;
    }

    /** 1-based. */
    public int line() {
        return mark.line();
    }

    /** Of its first word. */
    public Mark mark() {
        return mark;
    }

    /** At least one, without quotes. */
    public List<String> words() {
        return words;
    }

    /** The lines of its block or section; empty for a simple one. */
    public List<Directive> children() {
        return children;
    }

    public String name() {
        return words.get(0);
    }

    /** The word at the given place; 0 is the name. */
    public Optional<String> word(int index) {
        return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
    }

    /** The first word after the name, or an empty one. */
    public String value() {
        return word(1).orElse("");
    }

    /** Whether the first word after the name stood in quotes. */
    public boolean isValueQuoted() {
        return quoted;
    }

    /** The words after the name. */
    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** The lines of its block or section that begin with the given word. */
    public Stream<Directive> lines(String word) {
        return children.stream().filter(line -> line.name().equals(word));
    }

    /** Itself and everything that it encloses. */
    Stream<Directive> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Directive::all));
    }

    public String place() {
        return file + ":" + line();
    }

    /** As it is shown: one line, and no password. */
    String shown() {
        int secret = secretFrom();
        String text = String.join(" ", words.subList(0, secret)) + (secret < words.size() ? " ****" : "");
        return Secrets.masked(text).replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }

    /** The first word that may be a password: keepalived's, that of haproxy's statistics, that of a userlist. */
    private int secretFrom() {
        return switch (name()) {
            case "auth_pass" -> 1;
            case "stats", "user" -> word(1).filter("auth"::equals).isPresent() || words.size() > 3 ? 2 : words.size();
            default -> name().matches("(?i).*(passw(or)?d|token|secret).*") ? 1 : secretAfterHeader();
        };
    }

    private int secretAfterHeader() {
        for (int i = 0; i < words.size() - 1; i++) {
            if (words.get(i).equalsIgnoreCase("authorization")) {
                return i + 1;
            }
        }
        return words.size();
    }

    @Override
    public String toString() {
        return place() + ": " + shown();
    }
}
