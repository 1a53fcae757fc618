package io.jenkins.plugins.baton.fleet.masters;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.NodeStatus;
import io.jenkins.plugins.baton.fleet.status.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All masters of a cluster file, in its order. */
public final class Masters implements AutoCloseable {
    private final Cluster cluster;
    private final Access access;
    private final Map<String, Master> byName = new LinkedHashMap<>();
    private final ExecutorService workers;
    private final String operator = UUID.randomUUID().toString();

    public Masters(Cluster cluster, Access access) {
        this.cluster = cluster;
        this.access = access;
        cluster.nodes().forEach(node -> byName.put(node.name(), new Master(node, access)));
        workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "masters");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The nodes of another cluster file, reached in the same way. To be closed by the caller. */
    public Masters of(Cluster other) {
        return new Masters(other, access);
    }

    public List<Master> all() {
        return List.copyOf(byName.values());
    }

    public Master get(String name) {
        return byName.get(name);
    }

    Cluster cluster() {
        return cluster;
    }

    /** Tells this use of the masters from all others, on the nodes. */
    String operator() {
        return operator;
    }

    /** Something done on one master. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Master master) throws SshException;
    }

    /**
     * Does it on all masters at the same time.
     *
     * @return the results by name, in the file's order
     * @throws FleetException with what every node that failed said, after all have ended
     */
    public <T> Map<String, T> each(Work<T> work) throws FleetException {
        Map<String, T> results = new LinkedHashMap<>();
        Map<String, String> failures = collect(work, results);
        if (!failures.isEmpty()) {
            throw FleetException.failed(new ArrayList<>(failures.values()));
        }
        return results;
    }

    /** Asks every agent; nodes that do not answer are part of the view. */
    public View view() throws FleetException {
        Map<String, NodeStatus> nodes = new LinkedHashMap<>();
        Map<String, String> silent = collect(Master::status, nodes);
        return new View(nodes, silent);
    }

    private <T> Map<String, String> collect(Work<T> work, Map<String, T> results) throws FleetException {
        Map<String, Future<T>> running = new LinkedHashMap<>();
        byName.forEach((name, master) -> running.put(name, workers.submit(() -> work.on(master))));
        Map<String, String> failures = new LinkedHashMap<>();
        for (Map.Entry<String, Future<T>> one : running.entrySet()) {
            try {
                results.put(one.getKey(), one.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof SshException)) {
                    throw new IllegalStateException(one.getKey() + ": " + e.getCause(), e.getCause());
                }
                failures.put(one.getKey(), e.getCause().getMessage());
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
        byName.values().forEach(Master::close);
    }
}
