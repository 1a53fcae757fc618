package io.jenkins.plugins.baton.jenkins.result;

import io.jenkins.plugins.baton.jenkins.Messages;
import java.util.Locale;

/** How a step, or one drill of it, ended. */
public enum Outcome {
    /** It has not ended. */
    RUNNING,
    /** It did what was asked for; of a drill: the verdict was met. */
    PASSED,
    /** It did not, and says why; of a drill: the verdict was not met. */
    FAILED,
    /** It did not begin, because the cluster was not in a state in which it may. */
    REFUSED,
    /** It began and could not be carried through. */
    ERROR,
    /** The build was aborted. */
    ABORTED,
    /** The Jenkins node, or the controller, went away. */
    LOST;

    /** In the reader's language. */
    public String getWord() {
        return switch (this) {
            case RUNNING -> Messages.Outcome_running();
            case PASSED -> Messages.Outcome_passed();
            case FAILED -> Messages.Outcome_failed();
            case REFUSED -> Messages.Outcome_refused();
            case ERROR -> Messages.Outcome_error();
            case ABORTED -> Messages.Outcome_aborted();
            case LOST -> Messages.Outcome_lost();
        };
    }

    /** As a class of the style sheet. */
    public String getStyle() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isRunning() {
        return this == RUNNING;
    }

    public boolean isPassed() {
        return this == PASSED;
    }

    /** Whether the drill or step came to its end, so that there is a verdict. */
    public boolean isJudged() {
        return this == PASSED || this == FAILED;
    }
}
