package io.jenkins.plugins.baton.jenkins.result;

import java.util.ArrayList;
import java.util.List;

/**
 * What a step did, for the description of a build or a message: one line of plain text, or Markdown. In English, as a
 * pipeline's log.
 */
final class Summary {
    /** What Markdown would read as more than text, HTML included. */
    private static final String SPECIAL = "([\\\\`*_{}\\[\\]<>()#+!|~&@-])";

    private final String verdict;
    private final List<String> facts = new ArrayList<>();

    /** @param verdict in a few words, as "haDeploy prod: passed" */
    Summary(String verdict) {
        this.verdict = oneLine(verdict);
    }

    /** Adds a fact; an empty one is none. */
    Summary with(String fact) {
        if (!fact.isBlank()) {
            facts.add(oneLine(fact));
        }
        return this;
    }

    Summary with(List<String> more) {
        more.forEach(this::with);
        return this;
    }

    String plain() {
        return facts.isEmpty() ? verdict : verdict + ": " + String.join("; ", facts);
    }

    /** The verdict is bold; several facts are a list. */
    String markdown() {
        String bold = "**" + escaped(verdict) + "**";
        return switch (facts.size()) {
            case 0 -> bold;
            case 1 -> bold + ": " + escaped(facts.get(0));
            default -> {
                StringBuilder text = new StringBuilder(bold).append("\n");
                facts.forEach(fact -> text.append("\n- ").append(escaped(fact)));
                yield text.toString();
            }
        };
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private static String escaped(String text) {
        return text.replaceAll(SPECIAL, "\\\\$1");
    }
}
