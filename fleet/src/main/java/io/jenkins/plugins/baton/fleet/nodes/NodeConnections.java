package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.ssh.Trouble;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** All nodes of a cluster file, in its order. */
public final class NodeConnections implements AutoCloseable {
    private final Cluster cluster;
    private final Access access;
    private final Map<String, NodeConnection> byName = new LinkedHashMap<>();
    private final ExecutorService workers;
    private final String operator = UUID.randomUUID().toString();
    private final String who;

    public NodeConnections(Cluster cluster, Access access) {
        this(cluster, access, Lock.operator());
    }

    /** @param who uses them, for others: one line */
    public NodeConnections(Cluster cluster, Access access, String who) {
        this.cluster = cluster;
        this.access = access;
        this.who = who.replaceAll("\\p{Cntrl}", " ");
        cluster.nodes().forEach(node -> byName.put(node.name(), new NodeConnection(node, access)));
        workers = Executors.newCachedThreadPool(DaemonThread.named("nodes"));
    }

    /** The nodes of another cluster file, reached in the same way. To be closed by the caller. */
    public NodeConnections of(Cluster other) {
        return new NodeConnections(other, access, who);
    }

    public List<NodeConnection> all() {
        return List.copyOf(byName.values());
    }

    public NodeConnection get(String name) {
        return byName.get(name);
    }

    Cluster cluster() {
        return cluster;
    }

    /** Who uses them, for others. */
    public String who() {
        return who;
    }

    /** Tells this use of the nodes from all others, on the nodes. */
    String operator() {
        return operator;
    }

    /** Something done on one node. */
    @FunctionalInterface
    public interface Work<T> {
        T on(NodeConnection connection) throws SshException;
    }

    /**
     * Does it on all nodes at the same time.
     *
     * @return the results by name, in the file's order
     * @throws FleetException with what every node that failed said, after all have ended
     */
    public <T> Map<String, T> each(Work<T> work) throws FleetException {
        Map<String, T> results = new LinkedHashMap<>();
        Map<String, SshException> failures = collect(work, results);
        if (!failures.isEmpty()) {
            throw FleetException.failed(
                    failures.values().stream().map(SshException::getMessage).toList());
        }
        return results;
    }

    /** Asks every agent; nodes that do not answer are part of the view. */
    public View view() throws FleetException {
        Map<String, NodeStatus> nodes = new LinkedHashMap<>();
        Map<String, SshException> failures = collect(NodeConnection::status, nodes);
        Map<String, String> unanswered = new LinkedHashMap<>();
        failures.forEach((name, failure) -> unanswered.put(name, failure.getMessage()));
        return new View(
                nodes,
                unanswered,
                with(failures, EnumSet.of(Trouble.UNREACHABLE, Trouble.SHUT_OUT)),
                with(failures, EnumSet.of(Trouble.SHUT_OUT)));
    }

    private static Set<String> with(Map<String, SshException> failures, Set<Trouble> troubles) {
        return failures.entrySet().stream()
                .filter(failure -> troubles.contains(failure.getValue().trouble()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private <T> Map<String, SshException> collect(Work<T> work, Map<String, T> results) throws FleetException {
        Map<String, Future<T>> running = new LinkedHashMap<>();
        byName.forEach((name, connection) -> running.put(name, workers.submit(() -> work.on(connection))));
        Map<String, SshException> failures = new LinkedHashMap<>();
        for (Map.Entry<String, Future<T>> one : running.entrySet()) {
            try {
                results.put(one.getKey(), one.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof SshException failure)) {
                    throw new IllegalStateException(one.getKey() + ": " + e.getCause(), e.getCause());
                }
                failures.put(one.getKey(), failure);
            } catch (InterruptedException e) {
                running.values().forEach(future -> future.cancel(true));
                Thread.currentThread().interrupt();
                throw FleetException.failed("interrupted while the nodes worked", e);
            }
        }
        return failures;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        byName.values().forEach(NodeConnection::close);
    }
}
