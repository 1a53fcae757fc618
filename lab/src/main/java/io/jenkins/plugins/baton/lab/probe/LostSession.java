package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.probe.LongLived.Loss;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a long-lived connection broke.
 *
 * @param connection which one: the port of the client, and the node whose backend answered
 * @param reason what the client was told
 * @param asked when the request was sent that was not answered, since the beginning of what is looked at
 * @param waited from then until the client knew
 */
public record LostSession(String connection, String reason, Duration asked, Duration waited) {
    /** The lab's backends say who they are. */
    private static final Pattern NODE = Pattern.compile("\"node\": \"([^\"]+)\"");

    static LostSession of(Loss loss, long from) {
        Matcher node = NODE.matcher(loss.answer());
        return new LostSession(
                "port " + loss.port() + " to " + (node.find() ? node.group(1) : "an unknown node"),
                loss.reason(),
                Duration.ofNanos(loss.asked() - from),
                Duration.ofNanos(loss.at() - loss.asked()));
    }

    @Override
    public String toString() {
        return "%s: %s %d ms after a request at %d ms"
                .formatted(connection, reason, waited.toMillis(), asked.toMillis());
    }
}
