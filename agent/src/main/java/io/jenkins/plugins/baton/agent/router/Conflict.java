package io.jenkins.plugins.baton.agent.router;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * Somebody who is no node of the cluster file advertises with our VRID.
 *
 * @param source the sender
 * @param virtualRouterId 1..255
 * @param addresses the VIPs of its last advert
 * @param since when it was first heard
 * @param count adverts heard
 */
public record Conflict(
        InetAddress source, int virtualRouterId, List<InetAddress> addresses, Instant since, long count) {

    public Conflict {
        addresses = List.copyOf(addresses);
    }
}
