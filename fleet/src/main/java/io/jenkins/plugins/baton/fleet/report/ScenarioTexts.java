package io.jenkins.plugins.baton.fleet.report;

import java.util.Locale;

/** What a scenario does, in the language of a reader. */
public final class ScenarioTexts {
    private ScenarioTexts() {}

    /**
     * @param word of the scenario
     * @param english what it does; the answer where there is no translation
     */
    public static String describe(String word, String english, Locale locale) {
        return new Words(locale).named("scenario", word, english);
    }
}
