package io.jenkins.plugins.baton.agent.vrrp.simulation;

import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.jmx.State;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** A cluster in one thread: virtual time, a network that can be bad, and hosts. The seed decides everything. */
final class World {
    private record Happening(long at, long order, Runnable what) {}

    final Random random;
    final Network network;
    final List<Host> hosts = new ArrayList<>();
    private final PriorityQueue<Happening> future =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final List<String> trace = new ArrayList<>();
    private final List<Runnable> invariants = new ArrayList<>();
    private long now;
    private long order;

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

    /** Checked after everything that happens. */
    void always(Runnable invariant) {
        invariants.add(invariant);
    }

    void runFor(long nanos) {
        long end = now + nanos;
        while (!future.isEmpty() && future.peek().at <= end) {
            Happening next = future.poll();
            now = next.at;
            next.what.run();
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

    void note(String what) {
        trace.add(String.format("%11.3f ms  %s", now / 1e6, what));
    }

    List<String> trace() {
        return trace;
    }

    /** The last lines of the trace, for the message of a failed assertion. */
    String story() {
        return String.join("\n", trace.subList(Math.max(0, trace.size() - 60), trace.size()));
    }

    /** A packet on its way to a host. */
    record Packet(Host from, Advertisement advert) {}
}
