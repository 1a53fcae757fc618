package io.jenkins.plugins.baton.jmx.status;

import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One virtual router as this node sees it; its members are described at {@link VirtualRouterMXBean}.
 *
 * @param interfaceName {@code interface} in the JSON
 */
public record RouterStatus(
        String name,
        State state,
        int stateCode,
        String stateSince,
        String stateReason,
        int priority,
        int effectivePriority,
        String holder,
        long transitions,
        int virtualRouterId,
        int version,
        String interfaceName,
        List<String> addresses,
        long advertisementIntervalMillis,
        long advertsSent,
        long advertsReceived,
        String lastAdvertAt,
        Map<String, Long> droppedAdverts,
        Map<String, String> droppedAdvertSenders,
        long announcementsSent,
        long addressesRestored,
        long sendErrors,
        boolean suspended,
        List<ConflictStatus> conflicts,
        int conflictCount,
        List<String> unheardMasters,
        int unheardMasterCount) {

    public RouterStatus {
        Objects.requireNonNull(name, "it has no name");
        addresses = Sent.orNone(addresses);
        droppedAdverts = Sent.orNone(droppedAdverts);
        droppedAdvertSenders = Sent.orNone(droppedAdvertSenders);
        conflicts = Sent.orNone(conflicts);
        unheardMasters = Sent.orNone(unheardMasters);
    }

    public boolean isMaster() {
        return state == State.MASTER;
    }

    /** Whether this node holds the addresses or can take them. */
    public boolean isReady() {
        return state == State.MASTER || state == State.BACKUP;
    }
}
