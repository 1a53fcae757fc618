package io.jenkins.plugins.baton.fleet.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demands of a verdict in the language of a reader: a report has them in English, as the drill stated them. */
final class RuleTexts {
    private static final Map<String, Pattern> DEMANDS = Map.of(
            "rule.outage", Pattern.compile("longest outage at most (\\d+) ms"),
            "rule.lost", Pattern.compile("long-lived connections lost: at most (\\d+)"),
            "rule.steady", Pattern.compile("fault ended and cluster steady again within (\\d+) s"));

    private static final Pattern COUNT = Pattern.compile("(\\d+) of (\\d+)");

    private final Words words;

    RuleTexts(Words words) {
        this.words = words;
    }

    /** As it is where no drill of ours states it. */
    String demand(String english) {
        for (Map.Entry<String, Pattern> one : DEMANDS.entrySet()) {
            Matcher demand = one.getValue().matcher(english);
            if (demand.matches()) {
                return words.of(one.getKey(), demand.group(1));
            }
        }
        return english;
    }

    String measured(String english) {
        Matcher count = COUNT.matcher(english);
        if (count.matches()) {
            return words.of("client.of", count.group(1), count.group(2));
        }
        return english.equals("yes") ? words.of("yes") : english;
    }
}
