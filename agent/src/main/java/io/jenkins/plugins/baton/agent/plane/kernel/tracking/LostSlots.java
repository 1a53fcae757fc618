package io.jenkins.plugins.baton.agent.plane.kernel.tracking;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Frontends of which this node had slots that are others' now. Connection tracking knows the connections of such a slot that have
 * ended for two minutes more. When a client uses the port of one again with another node, and the slot comes back, this node would
 * take the packets for those of the ended connection, and its backend's host would reset the new one (docs/decisions/slot-map-without-a-leader.md).
 *
 * <p>Remembers. Pure: time comes from outside.
 */
public final class LostSlots {
    /** {@code nf_conntrack_tcp_timeout_time_wait}, and some looks more. */
    private static final long KNOWN = Duration.ofSeconds(125).toNanos();

    /** By the frontend's name. */
    private final Map<String, BitSet> own = new HashMap<>();

    private final Map<String, Long> lostAt = new HashMap<>();

    /** @param now nanoseconds of any clock that does not go back */
    public void changed(ClusterView view, long now) {
        for (KernelFrontend frontend : view.frontends()) {
            BitSet lost = own.getOrDefault(frontend.name(), new BitSet());
            own.put(frontend.name(), frontend.ownSlots());
            lost.andNot(own.get(frontend.name()));
            if (!lost.isEmpty()) {
                lostAt.put(frontend.name(), now);
            }
        }
    }

    /** Those whose ended connections are to be forgotten: slots were lost a moment ago, or this node has none at all. */
    public List<KernelFrontend> of(ClusterView view, long now) {
        lostAt.values().removeIf(at -> now - at > KNOWN);
        return view.frontends().stream()
                .filter(frontend -> !frontend.isProxied())
                .filter(frontend -> lostAt.containsKey(frontend.name())
                        || own.getOrDefault(frontend.name(), new BitSet()).isEmpty())
                .toList();
    }

    /** Whether some were lost a moment ago, so that it is worth looking often. */
    public boolean areNew() {
        return !lostAt.isEmpty();
    }
}
