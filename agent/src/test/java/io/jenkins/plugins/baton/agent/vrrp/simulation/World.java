package io.jenkins.plugins.baton.agent.vrrp.simulation;

import io.jenkins.plugins.baton.agent.simulation.Simulated;
import io.jenkins.plugins.baton.agent.simulation.Story;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.jmx.State;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** A cluster in one thread: virtual time, a network that can be bad, and hosts. The seed decides everything. */
final class World implements Simulated {
    private record Happening(long at, long order, Runnable what) {}

    final Random random;
    final Network network;
    final List<Host> hosts = new ArrayList<>();
    private final PriorityQueue<Happening> future =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final Story story = new Story();
    private final List<Runnable> invariants = new ArrayList<>();
    private final Invariants armed = new Invariants(this);
    private long now;
    private long order;
    private long causedAt;

    World(long seed) {
        random = new Random(seed);
        network = new Network(this);
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return now;
    }

    void in(long nanos, Runnable what) {
        future.add(new Happening(now + Math.max(0, nanos), order++, what));
    }

    /** Checked after everything that happens, besides the {@link Invariant}s. */
    void always(Runnable invariant) {
        invariants.add(invariant);
    }

    /** This test means to break it. */
    void without(Invariant invariant) {
        armed.without(invariant);
    }

    /** Something happened to the cluster from outside, or goes on happening. */
    void cause(Object whom, Object what) {
        note(whom, what);
        causedAt = now;
    }

    /** When something last happened to the cluster from outside. */
    long causedAt() {
        return network.isDisturbed() ? now : causedAt;
    }

    void runFor(long nanos) {
        long end = now + nanos;
        while (!future.isEmpty() && future.peek().at <= end) {
            Happening next = future.poll();
            now = next.at;
            next.what.run();
            armed.check();
            invariants.forEach(Runnable::run);
        }
        now = end;
    }

    Host host(Settings settings) {
        Host host = new Host(this, settings);
        hosts.add(host);
        return host;
    }

    List<Host> masters() {
        return hosts.stream()
                .filter(h -> h.isAwake() && h.state() == State.MASTER)
                .toList();
    }

    void note(Object who, Object what) {
        story.add(now, who, what);
    }

    @Override
    public Story story() {
        return story;
    }

    /** A packet on its way to a host. */
    record Packet(Host from, Advertisement advert) {}
}
