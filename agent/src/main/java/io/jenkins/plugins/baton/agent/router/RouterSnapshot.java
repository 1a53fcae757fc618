package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.jmx.State;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One virtual router as this node saw it at one moment. Immutable; the thread of {@link VirtualRouters} publishes a new
 * one when something changed.
 *
 * @param configuration what the cluster file says of it
 * @param interfaceName the network interface on this node
 * @param state the VRRP state
 * @param stateSince when {@code state} began
 * @param stateReason why it began
 * @param priority of this node in the cluster file, 1..254
 * @param effectivePriority what this node advertises as MASTER, 1..254
 * @param holder the node that holds the addresses, as far as this one knows
 * @param transitions changes of state since the start
 * @param advertsSent adverts sent, each counted once, also when it went to several unicast peers
 * @param advertsReceived adverts that were let in
 * @param lastAdvertAt when the last of those arrived
 * @param drops ignored packets; every reason is a key
 * @param dropSenders who sent the last ignored packet, by reason
 * @param announcementsSent gratuitous ARP packets and unsolicited neighbour advertisements
 * @param addressesRestored how often somebody took an address off the interface and it was put back
 * @param sendErrors packets that the kernel refused
 * @param suspended whether an operator told this node to stand aside
 * @param conflicts who else uses what is this router's, by first sight
 * @param unheardMasters nodes that are MASTER by what their agents say over the peer link, while their adverts do not come
 */
public record RouterSnapshot(
        VirtualRouter configuration,
        String interfaceName,
        State state,
        Instant stateSince,
        String stateReason,
        int priority,
        int effectivePriority,
        Optional<String> holder,
        long transitions,
        long advertsSent,
        long advertsReceived,
        Optional<Instant> lastAdvertAt,
        Map<DropReason, Long> drops,
        Map<DropReason, InetAddress> dropSenders,
        long announcementsSent,
        long addressesRestored,
        long sendErrors,
        boolean suspended,
        List<Conflict> conflicts,
        List<String> unheardMasters) {

    public RouterSnapshot {
        drops = Map.copyOf(drops);
        dropSenders = Map.copyOf(dropSenders);
        unheardMasters = List.copyOf(unheardMasters);
        conflicts = List.copyOf(conflicts);
    }

    public String name() {
        return configuration.name();
    }
}
