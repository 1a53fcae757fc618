package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.jmx.State;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Whole nodes in one thread and one virtual time: machines with agents, a LAN, clients and strangers. The seed decides everything. */
final class World implements Simulated {
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000 * MILLISECOND;

    private record Happening(long at, long order, Runnable what) {}

    final Random random;
    final Lan lan = new Lan(this);
    final List<Machine> machines = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();
    final PeerLinkCables peerLinks = new PeerLinkCables(this);
    final Invariants invariants = new Invariants(this);
    private final PriorityQueue<Happening> future =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final Story story = new Story();
    private Cluster cluster;
    private long longestInterval;
    private long now;
    private long order;
    private long causedAt;

    World(long seed, Cluster cluster) {
        this.random = new Random(seed);
        write(cluster);
        cluster.nodes().forEach(node -> machines.add(new Machine(this, machines.size(), node)));
        peerLinks.lay();
    }

    /** The file that all agents were given last. */
    Cluster cluster() {
        return cluster;
    }

    void write(Cluster next) {
        cluster = next;
        longestInterval = Math.max(
                longestInterval,
                next.virtualRouters().get(0).advertisementInterval().toNanos());
    }

    /** Of all files so far: a node may still go by an older one. */
    long longestInterval() {
        return longestInterval;
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return now;
    }

    void in(long nanos, Runnable what) {
        future.add(new Happening(now + Math.max(0, nanos), order++, what));
    }

    /** Between the two, in nanoseconds. */
    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }

    void runFor(long nanos) {
        long end = now + nanos;
        while (!future.isEmpty() && future.peek().at <= end) {
            Happening next = future.poll();
            invariants.happened(next.at);
            now = next.at;
            next.what.run();
            invariants.check();
        }
        now = end;
    }

    /** Something happened to the cluster from outside. */
    void cause(Object whom, Object what) {
        note(whom, what);
        causedAt = now;
    }

    /** When something last happened to the cluster from outside, or went on happening. */
    long causedAt() {
        return lan.isDisturbed() ? now : causedAt;
    }

    void note(Object who, Object what) {
        story.add(now, who, what);
    }

    @Override
    public Story story() {
        return story;
    }

    Machine machine(String node) {
        return machines.stream()
                .filter(machine -> machine.name().equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** Those whose agents are MASTER and awake. */
    List<Machine> masters() {
        List<Machine> masters = new ArrayList<>(1);
        for (Machine machine : machines) {
            if (machine.isAwake() && machine.agent().orElseThrow().state() == State.MASTER) {
                masters.add(machine);
            }
        }
        return masters;
    }
}
