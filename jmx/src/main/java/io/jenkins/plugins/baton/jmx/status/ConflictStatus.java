package io.jenkins.plugins.baton.jmx.status;

import java.util.List;

/**
 * Somebody else on the segment uses what is a virtual router's, see {@link io.jenkins.plugins.baton.jmx.Conflict}.
 *
 * @param message all of it as a sentence
 */
public record ConflictStatus(
        String kind,
        String source,
        String mac,
        int virtualRouterId,
        List<String> addresses,
        String since,
        long count,
        String message) {

    public ConflictStatus {
        addresses = Sent.orNone(addresses);
    }
}
