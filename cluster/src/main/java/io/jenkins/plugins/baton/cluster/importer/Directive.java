package io.jenkins.plugins.baton.cluster.importer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line of a configuration, with what it encloses.
 *
 * @param line 1-based
 * @param words at least one, without quotes
 * @param children the lines of its block or section; empty for a simple one
 */
record Directive(String file, int line, List<String> words, List<Directive> children) {
    Directive {
        words = List.copyOf(words);
    }

    String name() {
        return words.get(0);
    }

    /** The word at the given place; 0 is the name. */
    Optional<String> word(int index) {
        return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
    }

    /** The words after the name. */
    List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** The lines of its block or section that begin with the given word. */
    Stream<Directive> lines(String word) {
        return children.stream().filter(line -> line.name().equals(word));
    }

    String place() {
        return file + ":" + line;
    }

    /** As it is shown: one line, and no password. */
    String shown() {
        int secret = secretFrom();
        return secret < words.size() ? String.join(" ", words.subList(0, secret)) + " ****" : String.join(" ", words);
    }

    /** The first word that may be a password: keepalived's, that of haproxy's statistics, that of a userlist. */
    private int secretFrom() {
        return switch (name()) {
            case "auth_pass" -> 1;
            case "stats", "user" -> word(1).filter("auth"::equals).isPresent() || words.size() > 3 ? 2 : words.size();
            default -> words.size();
        };
    }
}
