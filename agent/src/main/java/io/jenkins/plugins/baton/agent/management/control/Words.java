package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.jmx.text.Printable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A line to the agent: words between spaces, of which some begin with a key. What an operator wrote is percent-encoded in
 * them, so that it may have spaces and line ends.
 */
public record Words(List<String> all) {
    /** Begins the word with the operator behind the user, who is often root for all. */
    static final String FOR = "for=";

    private static final String REASON = "reason=";
    private static final String EVERY = "every=";
    private static final List<String> KEYS = List.of(FOR, REASON, EVERY);
    private static final int MAX_REASON = 200;

    static Words of(String line) {
        return new Words(List.of(line.split(" +")));
    }

    /** One word, whatever is in it; of nothing it makes a space, because there is no empty word. */
    public static String encode(String text) {
        return text.isEmpty() ? "+" : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The word that says why; empty where there is no reason. */
    public static String reason(String text) {
        return text == null ? "" : " " + REASON + encode(text.substring(0, Math.min(text.length(), MAX_REASON)));
    }

    /** The word that asks for the status again after so much time. */
    public static String every(long millis) {
        return " " + EVERY + millis;
    }

    /** @throws ControlCommands.Refusal when it is not encoded as it should be */
    static String decode(String word) throws ControlCommands.Refusal {
        try {
            return URLDecoder.decode(word, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ControlCommands.Refusal.badInput("The word '" + word + "' is not percent-encoded: " + e.getMessage());
        }
    }

    /** Those without a key. */
    List<String> plain() {
        return all.stream()
                .filter(word -> KEYS.stream().noneMatch(word::startsWith))
                .toList();
    }

    Optional<String> operator() {
        return value(FOR).map(Printable::line);
    }

    Optional<String> reason() throws ControlCommands.Refusal {
        Optional<String> word = value(REASON);
        return word.isEmpty()
                ? word
                : Optional.of(Printable.line(decode(word.get())).strip()).filter(text -> !text.isEmpty());
    }

    /** @return milliseconds; empty when there is none, or no number */
    Optional<Long> every() {
        return value(EVERY).filter(text -> text.matches("\\d{1,9}")).map(Long::valueOf);
    }

    private Optional<String> value(String key) {
        return all.stream().filter(word -> word.startsWith(key)).findFirst().map(word -> word.substring(key.length()));
    }
}
