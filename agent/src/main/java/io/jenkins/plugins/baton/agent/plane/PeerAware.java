package io.jenkins.plugins.baton.agent.plane;

import java.util.concurrent.CompletableFuture;

/** What the nodes of a cluster do for each other's connections. Every method may be called from any thread. */
public interface PeerAware {

    /**
     * Says what is known of another node. Does not wait; of several calls for one node the last one counts.
     *
     * @param node its name in the cluster file
     * @param present whether its host is there, with or without an agent: a crashed agent's node goes on serving
     * @param capabilities what that node's {@link #capabilities()} was when its agent was last heard; empty: not since its host came
     * @return ends when new connections and those under way go by it; exceptionally when the kernel refused that
     */
    CompletableFuture<Void> peer(String node, boolean present, String capabilities);

    /** What this node does for the others when they hold the VIP, in words for their {@link #peer}; empty: nothing. */
    String capabilities();
}
