package io.jenkins.plugins.baton.jenkins.node;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Logs in to every node of a cluster from this machine and asks its agent; changes nothing. */
public final class ConnectionTest {
    private final Cluster cluster;
    private final Login login;

    public ConnectionTest(ClusterFile file, Login login) {
        this.cluster = file.cluster();
        this.login = login;
    }

    /**
     * What was found on one node.
     *
     * @param node its name
     * @param user who logged in; empty when nobody could
     * @param agent what the agent said; null when none answered
     * @param trouble why nobody could log in, or no agent answered; empty: neither
     */
    public record Finding(String node, String user, NodeStatus agent, String trouble) {
        /** A deployment can log in there: whether an agent runs is another matter. */
        public boolean isReachable() {
            return !user.isEmpty();
        }
    }

    /**
     * Asks all nodes at the same time.
     *
     * @param limit after which a node that has said nothing is left
     * @return in the order of the file
     * @throws FleetException when there is nothing to log in with, or it cannot be read
     */
    public List<Finding> run(Duration limit) throws FleetException, IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("baton");
        ExecutorService workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "connection test");
            thread.setDaemon(true);
            return thread;
        });
        SshLog.quieten();
        try {
            Access access = login.access(cluster.ssh(), ClusterSource.named(cluster.name(), ""), scratch);
            List<Future<Finding>> asked = workers.invokeAll(
                    cluster.nodes().stream()
                            .map(node -> (Callable<Finding>) () -> ask(node, access))
                            .toList(),
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                findings.add(result(cluster.nodes().get(i).name(), asked.get(i), limit));
            }
            return findings;
        } finally {
            workers.shutdownNow();
            Files.deleteIfExists(scratch.resolve("known_hosts"));
            Files.delete(scratch);
        }
    }

    private static Finding ask(Node node, Access access) {
        String user = "";
        try (NodeConnection connection = new NodeConnection(node, access)) {
            connection.require("log in", Command.asUser("true"));
            user = access.user();
            return new Finding(node.name(), user, connection.status(), "");
        } catch (SshException e) {
            return new Finding(node.name(), user, null, e.getMessage());
        }
    }

    private static Finding result(String node, Future<Finding> asked, Duration limit) throws InterruptedException {
        try {
            return asked.get();
        } catch (CancellationException e) {
            return new Finding(node, "", null, node + ": no answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Finding(node, "", null, node + ": " + e.getCause());
        }
    }
}
