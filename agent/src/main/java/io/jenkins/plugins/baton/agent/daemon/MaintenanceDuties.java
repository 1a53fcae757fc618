package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.maintenance.Maintenance;
import io.jenkins.plugins.baton.agent.maintenance.MaintenanceWatch;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import java.util.Optional;
import java.util.function.Consumer;

/** What the agent of a node does while a node, this or another, is in maintenance. */
final class MaintenanceDuties implements MaintenanceWatch.Duties {
    private final String self;
    private final FrontendTable plane;
    private final VirtualRouters routers;

    MaintenanceDuties(String self, FrontendTable plane, VirtualRouters routers) {
        this.self = self;
        this.plane = plane;
        this.routers = routers;
    }

    @Override
    public void begin(Maintenance maintenance) {
        servers(maintenance, backend -> backend.drain(maintenance.sentence()));
        if (maintenance.node().equals(self)) {
            routers.standAside(Optional.of(maintenance.sentence()));
        }
    }

    @Override
    public void end(Maintenance maintenance) {
        servers(maintenance, backend -> backend.enable("end of the " + maintenance.sentence()));
        if (maintenance.node().equals(self)) {
            routers.standAside(Optional.empty());
        }
    }

    private void servers(Maintenance maintenance, Consumer<BackendView> order) {
        plane.frontends().stream()
                .<BackendView>flatMap(frontend -> frontend.backends().stream())
                .filter(backend -> backend.name().equals(maintenance.node()))
                .forEach(order);
    }
}
