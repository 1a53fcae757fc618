package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Tells the listener who else uses what is one virtual router's, each sender once. On the real-time thread. */
final class ConflictReporter {
    private final RouterContext context;
    private final Conflicts conflicts = new Conflicts();
    private VirtualRouter configuration;

    ConflictReporter(RouterContext context) {
        this.context = context;
    }

    void configure(VirtualRouter next) {
        configuration = next;
    }

    void report(Conflict.Kind kind, InetAddress source, Optional<MacAddress> mac, List<InetAddress> named) {
        String router = configuration.name();
        conflicts
                .add(
                        kind,
                        source,
                        mac,
                        configuration.virtualRouterId(),
                        named,
                        context.clock().instant())
                .ifPresent(conflict ->
                        context.outbox().post(() -> context.listener().conflictSeen(router, conflict)));
    }

    List<Conflict> list() {
        return conflicts.isEmpty() ? List.of() : conflicts.list(context.clock().instant());
    }
}
