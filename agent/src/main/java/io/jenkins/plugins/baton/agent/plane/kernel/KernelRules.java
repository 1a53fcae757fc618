package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PeerAware;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The rules that lead clients past the proxy: those of the {@link KernelPlane}, or {@link NoKernelPlane}. Every method may
 * be called from any thread.
 */
public interface KernelRules extends PeerAware, AutoCloseable {

    /**
     * Makes this what the rules are about.
     *
     * @param dispatched frontends that the rules serve, as the proxy has them: with their checks and operators' orders
     * @param proxied frontends that the proxy serves, which have the ring alone
     * @throws IOException when the kernel refuses; then the rules are as they were
     */
    void apply(Cluster cluster, Node self, List<FrontendView> dispatched, List<Frontend> proxied) throws IOException;

    /** Forgets the nodes that the cluster file of {@link #apply} does not have; nothing more must be said of them. */
    void forgetFormerNodes();

    /** Something about the interfaces or addresses of this host has changed. */
    void hostChanged();

    /** Something that the rules depend on has changed: the health of a backend, its weight. */
    CompletableFuture<Void> refresh();

    /** A backend is down: connections that this node and its pods have to it, on another node, would hang. */
    void abandon(BackendView backend);

    /** From now on the others send nothing new here. */
    void leave();

    /** How often rules that somebody else had changed or removed were put back. */
    long restored();

    /**
     * A frontend as the proxy sees it, with what the kernel does for it, or has done before a reload.
     *
     * @param wanted which plane is to serve it
     */
    FrontendView counted(FrontendView proxied, PlaneChoice wanted);

    /** The rules stay. */
    @Override
    void close();
}
