package io.jenkins.plugins.baton.agent.health;

/**
 * What one check saw.
 *
 * @param reason a few words for people, such as {@code HTTP 500} or {@code connection refused}
 */
public record Outcome(Kind kind, String reason) {

    public enum Kind {
        PASSED,
        /** It answered in its protocol, and said that it is not ready: alive, but to be left alone. */
        NOT_READY,
        FAILED,
        /** This node had not the means to ask (file descriptors, processes, processor time): says nothing of the server. */
        NOT_ASKED
    }

    public static Outcome passed(String reason) {
        return new Outcome(Kind.PASSED, reason);
    }

    public static Outcome notReady(String reason) {
        return new Outcome(Kind.NOT_READY, reason);
    }

    public static Outcome failed(String reason) {
        return new Outcome(Kind.FAILED, reason);
    }

    /** @param why completes "could not ask: …" */
    public static Outcome notAsked(String why) {
        return new Outcome(Kind.NOT_ASKED, "could not ask: " + why);
    }
}
