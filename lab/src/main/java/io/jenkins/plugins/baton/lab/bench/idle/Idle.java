package io.jenkins.plugins.baton.lab.bench.idle;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.bench.Samples;
import io.jenkins.plugins.baton.lab.usage.MemoryUse;
import io.jenkins.plugins.baton.lab.usage.Spent;
import io.jenkins.plugins.baton.lab.usage.SystemCalls;
import io.jenkins.plugins.baton.lab.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What nodes cost while nothing happens. Both candidates run at the same time, cluster after cluster: while the first minute
 * of one is measured no other starts, and all of them stay for the later minutes.
 */
public final class Idle {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration TRACE_TIME = Duration.ofSeconds(5);

    private final Samples samples;
    private final List<Pair> pairs = new ArrayList<>();

    private Idle(Samples samples) {
        this.samples = samples;
    }

    /**
     * One round.
     *
     * @param minutes after the start at which to measure the minute before, ascending; below 1 it is the time since the start
     */
    public static void round(Agent agent, List<ClusterSize> sizes, List<String> minutes, Samples samples) {
        Idle idle = new Idle(samples);
        try {
            for (ClusterSize size : sizes) {
                Pair pair = Pair.start(agent, size);
                idle.pairs.add(pair);
                idle.measure(pair, minutes.get(0));
            }
            for (String later : minutes.subList(1, minutes.size())) {
                idle.pairs.forEach(pair -> idle.measure(pair, later));
            }
        } finally {
            idle.pairs.forEach(Pair::close);
        }
    }

    private void measure(Pair pair, String minutes) {
        Duration end = Duration.ofMillis(Math.round(Double.parseDouble(minutes) * 60_000));
        Duration begin = end.compareTo(WINDOW) > 0 ? end.minus(WINDOW) : Duration.ZERO;
        pair.awaitAge(begin);
        List<Node> nodes = pair.nodes();
        List<Usage> before = nodes.stream().map(Node::usage).toList();
        pair.awaitAge(end);
        List<Usage> after = nodes.stream().map(Node::usage).toList();
        List<SystemCalls> calls = nodes.stream().map(Node::beginTrace).toList();
        List<SystemCalls.Count> counts = calls.stream().map(SystemCalls::await).toList();
        pair.requireUndisturbed();
        for (int i = 0; i < nodes.size(); i++) {
            add(pair.size(), minutes, nodes.get(i), after.get(i).since(before.get(i)), counts.get(i));
        }
    }

    private void add(ClusterSize size, String minutes, Node node, Spent spent, SystemCalls.Count calls) {
        MemoryUse memory = MemoryUse.of(node.cluster().daemons(node.host()));
        add(size, minutes, node, IdleRows.CPU, spent.processorMillisPerSecond());
        add(size, minutes, node, IdleRows.WAKE_UPS, spent.wakeUpsPerSecond());
        add(size, minutes, node, IdleRows.CALLS, calls.perSecond());
        add(size, minutes, node, IdleRows.RSS, memory.resident());
        add(size, minutes, node, IdleRows.PSS, memory.proportional());
        if (node.role().equals(IdleRows.HOLDER)) {
            spent.threads()
                    .forEach((thread, share) -> samples.add(
                            IdleRows.thread(size, minutes, thread),
                            node.cluster().name(),
                            share.processorNanos() / 1e6 / spent.seconds()));
        }
        tell(node, spent, calls);
    }

    private void add(ClusterSize size, String minutes, Node node, String metric, double value) {
        samples.add(
                IdleRows.row(size, node.role(), minutes, metric), node.cluster().name(), value);
    }

    /** For one who wants to reduce it: what wakes, and what is called. */
    private static void tell(Node node, Spent spent, SystemCalls.Count calls) {
        System.err.println("  " + node.cluster().name() + ", " + node.role() + ", wake-ups/s:");
        spent.threads()
                .forEach((thread, share) ->
                        System.err.printf("    %-16s %8.2f%n", thread, share.wakeUps() / spent.seconds()));
        System.err.println("  " + node.cluster().name() + ", " + node.role() + ", system calls/s, failed/s:");
        calls.calls()
                .forEach((name, call) -> System.err.printf(
                        "    %-16s %8.2f %8.2f%n",
                        name, call.count() / calls.seconds(), call.failed() / calls.seconds()));
    }

    /** A node whose cost is measured. */
    private record Node(IdleCluster cluster, String role, Host host) {
        Usage usage() {
            return Usage.of(cluster.daemons(host));
        }

        SystemCalls beginTrace() {
            return SystemCalls.begin(host, cluster.daemons(host), TRACE_TIME);
        }
    }

    /** The clusters of both candidates, alike and at the same time. */
    private record Pair(ClusterSize size, IdleCluster baton, IdleCluster reference, long start) {
        static Pair start(Agent agent, ClusterSize size) {
            IdleCluster reference = IdleCluster.reference(size);
            try {
                return new Pair(size, IdleCluster.baton(agent, size), reference, System.nanoTime());
            } catch (RuntimeException e) {
                reference.close();
                throw e;
            }
        }

        List<Node> nodes() {
            List<Node> nodes = new ArrayList<>();
            for (IdleCluster cluster : List.of(baton, reference)) {
                nodes.add(new Node(cluster, IdleRows.HOLDER, cluster.holder()));
                nodes.add(new Node(cluster, IdleRows.BACKUP, cluster.backup()));
            }
            return nodes;
        }

        void awaitAge(Duration age) {
            long left = start + age.toNanos() - System.nanoTime();
            if (left > 0) {
                Await.pause(Duration.ofNanos(left));
            }
        }

        void requireUndisturbed() {
            baton.requireUndisturbed();
            reference.requireUndisturbed();
        }

        void close() {
            baton.close();
            reference.close();
        }
    }
}
