package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Times;
import java.io.Serializable;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * What an operator asks for, in the operator's words. One that makes no sense cannot be made. Times are a number with
 * {@code ms}, {@code s}, {@code m} or {@code h}.
 *
 * @param node the node to take out of service
 * @param atMost after which the nodes enable it by themselves, whatever became of the operator; 7 days at most
 * @param timeout how long the node may take to be healthy after the work, and the cluster to be steady after that
 * @param drainTimeout how long sessions of the node's servers may take to end
 * @param minHealthy how many other nodes must be able to hold the virtual address
 */
public record MaintenanceRequest(String node, String atMost, String timeout, String drainTimeout, int minHealthy)
        implements Serializable {
    public static final String AT_MOST = "2h";
    public static final String TIMEOUT = "10m";
    public static final String DRAIN_TIMEOUT = "30s";
    public static final int MIN_HEALTHY = 1;

    private static final Duration LONGEST = Duration.ofDays(7);

    /** @throws IllegalArgumentException with a sentence about the first word that makes no sense */
    public MaintenanceRequest {
        if (node == null || node.isBlank()) {
            throw new IllegalArgumentException("a maintenance needs the name of a node");
        }
        checkAtMost(atMost);
        if (Times.parse(timeout).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a node may take 168h at most to be healthy again, not " + timeout);
        }
        Times.parse(drainTimeout);
        if (minHealthy < 0) {
            throw new IllegalArgumentException(
                    "0 or more other nodes can be demanded to be healthy, not " + minHealthy);
        }
    }

    /** @throws IllegalArgumentException with a sentence */
    public static void checkAtMost(String atMost) {
        Duration time = Times.parse(atMost);
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a maintenance lasts 1s to 168h at most, not " + atMost);
        }
    }

    /** @throws FleetException BAD_INPUT when the cluster file has no such node */
    void require(ClusterFile file) throws FleetException {
        if (file.cluster().node(node).isEmpty()) {
            String known = file.cluster().nodes().stream().map(Node::name).collect(Collectors.joining(", "));
            throw FleetException.badInput("there is no node " + node + " in " + file.path() + "; there are " + known);
        }
    }

    Duration longest() {
        return Times.parse(atMost);
    }

    Duration patience() {
        return Times.parse(timeout);
    }

    Duration draining() {
        return Times.parse(drainTimeout);
    }
}
