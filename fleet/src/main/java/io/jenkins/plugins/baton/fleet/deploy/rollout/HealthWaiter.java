package io.jenkins.plugins.baton.fleet.deploy.rollout;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until a node has been healthy for a while. */
final class HealthWaiter {
    static final Duration TIMEOUT = Duration.ofSeconds(45);
    /** Beyond three intervals, in which a node may still find that it hears nobody. */
    private static final Duration SETTLE_TIME = Duration.ofSeconds(1);

    private final NodeHealth health;
    private final NodeConnections nodes;
    private final Duration settling;

    HealthWaiter(Cluster cluster, NodeHealth health, NodeConnections nodes) {
        this.health = health;
        this.nodes = nodes;
        this.settling = settling(cluster);
    }

    /** A node that hears nobody becomes MASTER after three intervals and a part of one (RFC 9568 section 6.1). */
    private static Duration settling(Cluster cluster) {
        return cluster.virtualRouters().stream()
                .map(router -> router.advertisementInterval().multipliedBy(4))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(SETTLE_TIME);
    }

    /**
     * @param changed the nodes that had their turn
     * @return what is wrong with the node at the deadline; empty when it is healthy
     */
    Optional<String> await(String node, List<String> changed) throws FleetException {
        Deadline deadline = Deadline.in(TIMEOUT);
        OptionalLong healthySince = OptionalLong.empty();
        while (true) {
            Optional<String> problem = problem(node, changed);
            long now = System.nanoTime();
            if (problem.isPresent()) {
                healthySince = OptionalLong.empty();
                if (deadline.isOver()) {
                    return problem;
                }
            } else if (healthySince.isEmpty()) {
                healthySince = OptionalLong.of(now);
            } else if (now - healthySince.getAsLong() > settling.toNanos()) {
                return Optional.empty();
            }
            Polling.pause();
        }
    }

    private Optional<String> problem(String node, List<String> changed) throws FleetException {
        View view = nodes.view();
        Optional<String> problem = health.problem(node, view, changed);
        List<String> addresses = health.addresses(node, view);
        if (problem.isPresent() || addresses.isEmpty() || view.unanswered().isEmpty()) {
            return problem;
        }
        Map<String, Set<String>> others = nodes.each(connection ->
                view.unanswered().containsKey(connection.name()) ? present(connection, addresses) : Set.of());
        return health.secondHolder(node, view, others);
    }

    /** Empty also when the node cannot be reached, which other steps say. */
    private static Set<String> present(NodeConnection connection, List<String> addresses) {
        try {
            return connection
                    .run(Script.of(HealthWaiter.class, "holds.sh", addresses))
                    .output()
                    .lines()
                    .collect(Collectors.toSet());
        } catch (SshException e) {
            return Set.of();
        }
    }
}
