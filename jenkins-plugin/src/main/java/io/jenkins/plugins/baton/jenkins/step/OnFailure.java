package io.jenkins.plugins.baton.jenkins.step;

import io.jenkins.plugins.baton.jenkins.Messages;
import java.util.Arrays;
import java.util.Locale;

/** What becomes of the build when a verdict was not met. */
enum OnFailure {
    FAIL,
    UNSTABLE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with a sentence when it is neither {@code fail} nor {@code unstable} */
    static OnFailure of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.HaFailoverTestStep_badOnFailure(word)));
    }
}
