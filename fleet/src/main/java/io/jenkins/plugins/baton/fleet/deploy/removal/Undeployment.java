package io.jenkins.plugins.baton.fleet.deploy.removal;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Pause;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.Lock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the agent off all nodes and proves that nothing is left; the holder of virtual addresses goes last. */
public final class Undeployment {
    private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(300);

    private final Cluster cluster;
    private final NodeConnections nodes;
    private final Progress progress;
    /** Nodes whose keepalived runs again: the virtual addresses may be there. */
    private final Set<String> givenBack = new HashSet<>();

    public Undeployment(Cluster cluster, NodeConnections nodes, Progress progress) {
        this.cluster = cluster;
        this.nodes = nodes;
        this.progress = progress;
    }

    /** @return the nodes whose keepalived, and haproxy where there was one, run again as before the deployment */
    public Set<String> run() throws FleetException {
        Lock lock = Lock.take(nodes, "undeploy", progress);
        try {
            locked();
            return Set.copyOf(givenBack);
        } finally {
            lock.close();
        }
    }

    private void locked() throws FleetException {
        View view = nodes.view();
        List<NodeConnection> ordered = new ArrayList<>(nodes.all());
        ordered.sort(Comparator.comparing(connection -> cluster.virtualRouters().stream()
                .anyMatch(router -> view.masters(router.name()).contains(connection.name()))));
        List<String> failures = new ArrayList<>();
        Uninstallation uninstallation = new Uninstallation(cluster, progress);
        for (NodeConnection connection : ordered) {
            try {
                if (uninstallation.of(connection).contains("keepalived")) {
                    givenBack.add(connection.name());
                }
                progress.say(connection.name(), "the agent is gone");
            } catch (SshException e) {
                failures.add(e.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw FleetException.failed(failures);
        }
        List<String> addresses = cluster.virtualRouters().stream()
                .flatMap(router -> router.addresses().stream())
                .map(address -> address.address().getHostAddress())
                .toList();
        List<String> remains = remains(addresses);
        // An address on lo for sessions that drained is a lease: the kernel takes it away within seconds.
        Deadline deadline = Deadline.in(LEASE_TIMEOUT);
        while (!remains.isEmpty() && !deadline.isOver()) {
            Pause.of(POLL_INTERVAL, "interrupted while looking for remains");
            remains = remains(addresses);
        }
        if (!remains.isEmpty()) {
            throw FleetException.failed(remains);
        }
    }

    private List<String> remains(List<String> addresses) throws FleetException {
        Map<String, String> left = nodes.each(connection -> connection
                .require(
                        "look for remains",
                        Script.of(
                                Undeployment.class,
                                "find-leftovers.sh",
                                givenBack.contains(connection.name()) ? List.<String>of() : addresses))
                .strip());
        List<String> remains = new ArrayList<>();
        left.forEach((node, what) -> {
            if (!what.isEmpty()) {
                remains.add(node + ": left over: " + what.replace("\n", ", "));
            }
        });
        return remains;
    }
}
