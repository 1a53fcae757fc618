package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import java.util.List;

/** Drains and enables servers on all nodes at once. */
public final class Draining {
    private final Cluster cluster;
    private final NodeConnections nodes;

    public Draining(Cluster cluster, NodeConnections nodes) {
        this.cluster = cluster;
        this.nodes = nodes;
    }

    /**
     * They get no new connections and keep those they have, until they are enabled; a node whose agent starts anew does not
     * know of it any more.
     *
     * @param word {@code NAME} or {@code FRONTEND/NAME}
     * @return the frontends whose server it is
     * @throws FleetException BAD_INPUT when there is no such backend; REFUSED when no other one is up; FAILED with every
     *     node that did not do it, after all others have
     */
    public List<String> drain(String word) throws FleetException {
        Servers servers = new Servers(cluster, word);
        servers.require();
        List<String> objections = servers.objectionsToDrain(nodes.view());
        if (!objections.isEmpty()) {
            throw FleetException.refused(objections);
        }
        tell("drain", word);
        return servers.frontends();
    }

    /**
     * Ends {@link #drain}, and a maintenance of the node of that name whose operator is gone.
     *
     * @return the same
     * @throws FleetException the same, but never REFUSED
     */
    public List<String> enable(String word) throws FleetException {
        Servers servers = new Servers(cluster, word);
        boolean isNode = cluster.node(word).isPresent();
        FleetException failure = null;
        if (!isNode) {
            servers.require();
        } else {
            try {
                new Records(nodes).removeAllOf(word);
            } catch (FleetException e) {
                // The agents that answer are to enable it all the same; they are asked now, and name the same nodes.
                failure = e;
            }
        }
        if (!servers.frontends().isEmpty()) {
            tell("enable", word);
        }
        if (failure != null) {
            throw failure;
        }
        return servers.frontends();
    }

    private void tell(String verb, String word) throws FleetException {
        nodes.each(node ->
                node.require(verb + " " + word, Command.asRoot(Layout.AGENT + " " + verb + " " + Command.quote(word))));
    }
}
