package io.jenkins.plugins.baton.fleet.deploy.rollout;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.deploy.plan.Change;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.Outcome;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.View;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Gives a node's virtual addresses to another: it must not hold any when its agent stops. */
final class AddressRelease {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Cluster cluster;
    private final NodeConnections nodes;
    private final Progress progress;

    AddressRelease(Cluster cluster, NodeConnections nodes, Progress progress) {
        this.cluster = cluster;
        this.nodes = nodes;
        this.progress = progress;
    }

    /** Stops what the agent displaces; has an agent that holds addresses hand them over. */
    void of(Change change) throws SshException, FleetException {
        stopDisplaced(change);
        handOver(change.node());
    }

    private void stopDisplaced(Change change) throws SshException, FleetException {
        if (change.displaced().contains("keepalived")) {
            boolean others = !nodes.view().nodes().isEmpty();
            stop("keepalived", change.node());
            if (change.holdsAddress() && others) {
                await("another node to take over from keepalived", this::allHeld);
            }
        }
        if (change.displaced().contains("haproxy")) {
            stop("haproxy", change.node());
        }
    }

    private void stop(String service, String node) throws SshException {
        progress.say(node, "stops " + service);
        nodes.get(node)
                .require("stop " + service, Script.of(AddressRelease.class, "stop-keepalived.sh", List.of(service)));
    }

    private void handOver(String node) throws SshException, FleetException {
        View view = nodes.view();
        if (!holdsAny(node, view) || view.nodes().size() < 2) {
            return;
        }
        progress.say(node, "hands its virtual addresses over");
        NodeConnection connection = nodes.get(node);
        Outcome outcome = connection.run(Command.asRoot(Layout.AGENT + " handover"));
        if (!outcome.succeeded()) {
            throw new SshException(node, "the handover was refused: " + outcome.complaint());
        }
        await("another node to hold the addresses of " + node, later -> allHeld(later) && !holdsAny(node, later));
    }

    private boolean holdsAny(String node, View view) {
        return routers().anyMatch(router -> view.masters(router).contains(node));
    }

    private boolean allHeld(View view) {
        return routers().allMatch(router -> view.holder(router).isPresent());
    }

    private Stream<String> routers() {
        return cluster.virtualRouters().stream().map(VirtualRouter::name);
    }

    private void await(String what, Predicate<View> condition) throws SshException, FleetException {
        Deadline deadline = Deadline.in(TIMEOUT);
        while (!condition.test(nodes.view())) {
            if (deadline.isOver()) {
                throw new SshException("cluster", "waited " + TIMEOUT.toSeconds() + " s in vain for " + what);
            }
            Polling.pause();
        }
    }
}
