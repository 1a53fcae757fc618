package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.maintenance.Maintenance;
import io.jenkins.plugins.baton.agent.maintenance.MaintenanceWatch;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the agent of a node does while a node, this or another, is in maintenance. Each server hears of it once: what an operator
 * orders by hand after that is left alone, also by a reload. Called by one thread at a time.
 */
final class MaintenanceDuties implements MaintenanceWatch.Duties {
    private final String self;
    private final FrontendTable plane;
    private final VirtualRouters routers;
    /** The maintenance that was begun last, and the servers that have heard of it. */
    private Optional<Maintenance> begun = Optional.empty();

    private final Set<BackendView> told = new HashSet<>();

    MaintenanceDuties(String self, FrontendTable plane, VirtualRouters routers) {
        this.self = self;
        this.plane = plane;
        this.routers = routers;
    }

    @Override
    public void begin(Maintenance maintenance) {
        boolean again = begun.equals(Optional.of(maintenance));
        begun = Optional.of(maintenance);
        if (!again) {
            told.clear();
        }
        List<BackendView> servers = servers(maintenance);
        told.retainAll(servers);
        servers.stream().filter(told::add).forEach(backend -> backend.drain(maintenance.sentence()));
        if (!again && maintenance.node().equals(self)) { // routers that a reload brings stand aside by themselves
            routers.standAside(Optional.of(maintenance.sentence()));
        }
    }

    @Override
    public void end(Maintenance maintenance) {
        begun = Optional.empty();
        told.clear();
        servers(maintenance).forEach(backend -> backend.enable("end of the " + maintenance.sentence()));
        if (maintenance.node().equals(self)) {
            routers.standAside(Optional.empty());
        }
    }

    private List<BackendView> servers(Maintenance maintenance) {
        return plane.frontends().stream()
                .<BackendView>flatMap(frontend -> frontend.backends().stream())
                .filter(backend -> backend.name().equals(maintenance.node()))
                .toList();
    }
}
