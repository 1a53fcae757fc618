package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.jmx.connector.Caller;
import io.jenkins.plugins.baton.jmx.text.Printable;

/** Why an operator wants something, as a remote client gives it: it may send anything. */
final class Reason {
    private static final int MAX_LENGTH = 200;

    private Reason() {}

    /** One line of the log, with who wants it; in its place when there is none, that there is none. */
    static String of(String given) {
        String line = given == null ? "" : Printable.line(given).strip();
        String reason = line.isEmpty() ? "no reason given" : line.substring(0, Math.min(line.length(), MAX_LENGTH));
        return Caller.current()
                .map(caller -> reason + " (asked by " + caller + ")")
                .orElse(reason);
    }
}
