package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** There are no rules: no virtual router, or a host that can have none. The proxy serves every frontend. */
public final class NoKernelPlane implements KernelRules {

    @Override
    public void apply(Cluster cluster, Node self, List<FrontendView> dispatched, List<Frontend> proxied) {}

    @Override
    public CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public String capabilities() {
        return "";
    }

    @Override
    public void forgetFormerNodes() {}

    @Override
    public void hostChanged() {}

    @Override
    public CompletableFuture<Void> refresh() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void abandon(BackendView backend) {}

    @Override
    public void leave() {}

    @Override
    public long restored() {
        return 0;
    }

    @Override
    public FrontendView counted(FrontendView proxied, PlaneChoice wanted) {
        return proxied;
    }

    @Override
    public void close() {}
}
