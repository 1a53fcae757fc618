package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.jmx.Health;
import java.util.List;

/**
 * Keeps the virtual routers informed whether this node could serve clients: after a start, or after its link was down,
 * it finds no backend up for a moment and must not take the addresses from a master that serves.
 */
final class ReadinessReporter implements Runnable {
    private final FrontendTable plane;
    private final VirtualRouters routers;
    private boolean told = true; // what routers believe until they are told

    ReadinessReporter(FrontendTable plane, VirtualRouters routers) {
        this.plane = plane;
        this.routers = routers;
    }

    @Override
    public void run() {
        boolean now = isReady(plane.frontends());
        if (now != told) {
            told = now;
            routers.prepared(now);
        }
    }

    /** Whether any backend is up; without frontends there is nothing to serve and nothing to wait for. */
    static boolean isReady(List<? extends FrontendView> frontends) {
        for (FrontendView frontend : frontends) {
            for (BackendView backend : frontend.backends()) {
                if (backend.health() == Health.UP) {
                    return true;
                }
            }
        }
        return frontends.isEmpty();
    }
}
