package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.router.RouterSnapshot;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Finds out what of a virtual router changed beside its state: the real-time thread only publishes its snapshots.
 * Call it some times a second, from one thread.
 */
public final class RouterChangePoller implements Runnable {
    private final Supplier<List<RouterSnapshot>> routers;
    private final Events events;
    private final Map<String, RouterSnapshot> last = new HashMap<>();

    /** @param routers as they are now, see {@link VirtualRouters#snapshots} */
    public RouterChangePoller(Supplier<List<RouterSnapshot>> routers, Events events) {
        this.routers = routers;
        this.events = events;
    }

    @Override
    public void run() {
        List<RouterSnapshot> snapshots = routers.get();
        for (RouterSnapshot now : snapshots) {
            RouterSnapshot before = last.put(now.name(), now);
            if (before != null && before != now) {
                compare(before, now);
            }
        }
        if (last.size() > snapshots.size()) { // one that comes back begins anew
            last.keySet().retainAll(snapshots.stream().map(RouterSnapshot::name).toList());
        }
    }

    private void compare(RouterSnapshot before, RouterSnapshot now) {
        String holder = now.holder().orElse("");
        tell(
                now,
                "Holder",
                before.holder().orElse(""),
                holder,
                holder.isEmpty() ? "no node is heard" : holder + " is heard");
        tell(
                now,
                "EffectivePriority",
                before.effectivePriority(),
                now.effectivePriority(),
                "tracked checks, or the cluster file");
        tell(now, "Suspended", before.suspended(), now.suspended(), "an operator said so");
    }

    private void tell(RouterSnapshot now, String attribute, Object before, Object after, String reason) {
        if (!before.equals(after)) {
            events.routerChanged(now.name(), attribute, before, after, reason);
        }
    }
}
