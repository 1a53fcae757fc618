package io.jenkins.plugins.baton.agent.plane.choice;

import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.kernel.HostSupport;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.util.Optional;

/** Chooses the data plane of a frontend from what the cluster file asks for and what this host can do. */
public final class PlaneChooser {
    private final Cluster cluster;
    private final Node self;
    private final HostSupport hostSupport;

    public PlaneChooser(Cluster cluster, Node self, HostSupport hostSupport) {
        this.cluster = cluster;
        this.self = self;
        this.hostSupport = hostSupport;
    }

    /** @throws PlaneException when the frontend asks for a plane that cannot serve it */
    public PlaneChoice choose(Frontend frontend) throws PlaneException {
        if (frontend.plane() == Frontend.Plane.PROXY) {
            return new PlaneChoice(PlaneChoice.PROXY, "the cluster file says so");
        }
        Optional<String> obstacle = hostSupport.obstacle(cluster, self, frontend);
        if (obstacle.isEmpty()) {
            return new PlaneChoice(
                    PlaneChoice.KERNEL,
                    frontend.plane() == Frontend.Plane.KERNEL
                            ? "the cluster file says so"
                            : "every node has its backend, and this host can do it");
        }
        if (frontend.plane() == Frontend.Plane.KERNEL) {
            throw new PlaneException("frontend " + frontend.name()
                    + " asks for plane: kernel, which cannot serve it on this node, because " + obstacle.get()
                    + "; say plane: auto or proxy");
        }
        boolean shared = frontend.leavesPortToServerOf(self);
        String why = "the kernel plane cannot serve it, because " + obstacle.get();
        return PlaneChoice.withoutKernel(shared, shared ? "for " + why : why);
    }
}
