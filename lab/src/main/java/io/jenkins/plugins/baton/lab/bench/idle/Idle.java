package io.jenkins.plugins.baton.lab.bench.idle;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.bench.Samples;
import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.usage.MemoryUse;
import io.jenkins.plugins.baton.lab.usage.Spent;
import io.jenkins.plugins.baton.lab.usage.SystemCalls;
import io.jenkins.plugins.baton.lab.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What nodes cost while nothing happens. Both candidates run at the same time, cluster after cluster: while the first minute
 * of one is measured no other starts, and all of them stay for the later minutes.
 */
public final class Idle {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration TRACE_TIME = Duration.ofSeconds(5);

    private final Samples samples;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

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
                idle.attempt(pair, minutes.get(0));
            }
            for (String later : minutes.subList(1, minutes.size())) {
                idle.pairs.forEach(pair -> idle.attempt(pair, later));
            }
        } finally {
            idle.pairs.forEach(Pair::close);
        }
        if (!idle.troubles.isEmpty()) {
            throw new LabException(String.join("; ", idle.troubles));
        }
    }

    /** One that was not idle does not take what the others have measured with it. */
    private void attempt(Pair pair, String minutes) {
        try {
            measure(pair, minutes);
        } catch (LabException e) {
            troubles.add(e.getMessage());
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
        pair.requireUndisturbed(before.get(0).nanoTime());
        for (int i = 0; i < nodes.size(); i++) {
            add(pair.size(), minutes, nodes.get(i), after.get(i).since(before.get(i)), counts.get(i));
        }
    }

    private void add(ClusterSize size, String minutes, Node node, Spent spent, SystemCalls.Count calls) {
        MemoryUse memory = MemoryUse.of(node.daemons());
        add(size, minutes, node, IdleRows.CPU, spent.processorMillisPerSecond());
        add(size, minutes, node, IdleRows.WAKE_UPS, spent.wakeUpsPerSecond());
        add(size, minutes, node, IdleRows.CALLS, calls.perSecond());
        add(size, minutes, node, IdleRows.RSS, memory.resident());
        add(size, minutes, node, IdleRows.PSS, memory.proportional());
        if (node.role().equals(IdleRows.HOLDER)) {
            spent.threads()
                    .forEach((thread, share) -> samples.add(
                            IdleRows.thread(size, minutes, thread),
                            node.candidate(),
                            share.processorNanos() / 1e6 / spent.seconds()));
        }
        tell(node, spent, calls);
    }

    private void add(ClusterSize size, String minutes, Node node, String metric, double value) {
        samples.add(IdleRows.row(size, node.role(), minutes, metric), node.candidate(), value);
    }

    /** For one who wants to reduce it: what wakes, and what is called. */
    private static void tell(Node node, Spent spent, SystemCalls.Count calls) {
        System.err.println("  " + node.candidate() + ", " + node.role() + ", wake-ups/s:");
        spent.threads()
                .forEach((thread, share) ->
                        System.err.printf("    %-16s %8.2f%n", thread, share.wakeUps() / spent.seconds()));
        System.err.println("  " + node.candidate() + ", " + node.role() + ", system calls/s, failed/s:");
        calls.calls()
                .forEach((name, call) -> System.err.printf(
                        "    %-16s %8.2f %8.2f%n",
                        name, call.count() / calls.seconds(), call.failed() / calls.seconds()));
    }

    /** A node whose cost is measured. */
    private record Node(ClusterTestbed testbed, String role, Host host) {
        String candidate() {
            return testbed.stack().name();
        }

        List<Daemon> daemons() {
            return testbed.stack().daemons(host);
        }

        Usage usage() {
            return Usage.of(daemons());
        }

        SystemCalls beginTrace() {
            return SystemCalls.begin(host, daemons(), TRACE_TIME);
        }
    }

    /** The clusters of both candidates, alike and at the same time. */
    private record Pair(ClusterSize size, List<ClusterTestbed> testbeds, long start) {
        static Pair start(Agent agent, ClusterSize size) {
            ClusterTestbed reference = ClusterTestbed.running(size.nodes(), IdleStacks.reference(size.frontends()));
            try {
                ClusterTestbed baton = ClusterTestbed.running(size.nodes(), IdleStacks.baton(agent, size.frontends()));
                return new Pair(size, List.of(baton, reference), System.nanoTime());
            } catch (RuntimeException e) {
                reference.close();
                throw e;
            }
        }

        List<Node> nodes() {
            return testbeds.stream()
                    .flatMap(testbed -> Stream.of(
                            new Node(testbed, IdleRows.HOLDER, testbed.home()),
                            new Node(testbed, IdleRows.BACKUP, testbed.after(testbed.home()))))
                    .toList();
        }

        void awaitAge(Duration age) {
            long left = start + age.toNanos() - System.nanoTime();
            if (left > 0) {
                Await.pause(Duration.ofNanos(left));
            }
        }

        /** @throws LabException when one was not idle: its VIP has moved since then */
        void requireUndisturbed(long nanoTime) {
            for (ClusterTestbed testbed : testbeds) {
                if (!testbed.vip().since(nanoTime).isEmpty()) {
                    throw new LabException("the VIP of " + testbed.stack().name() + ", " + size + ", has moved: "
                            + testbed.vip().since(nanoTime));
                }
            }
        }

        void close() {
            testbeds.forEach(ClusterTestbed::close);
        }
    }
}
