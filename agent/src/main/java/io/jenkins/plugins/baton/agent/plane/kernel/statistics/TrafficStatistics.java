package io.jenkins.plugins.baton.agent.plane.kernel.statistics;

import io.jenkins.plugins.baton.agent.linux.netfilter.Connection;
import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTable;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Counter;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import io.jenkins.plugins.baton.cluster.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What the kernel counts and tracks, as it was when somebody last wanted to know. Safe for any thread. */
public final class TrafficStatistics implements AutoCloseable {
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration RATE_OVER = Duration.ofSeconds(10);

    private final ConnectionTable tracking;
    private final CounterTotals totals = new CounterTotals();
    private final Map<String, Live> live = new HashMap<>();
    /** When {@link #track} was called last; nothing before the first time. */
    private OptionalLong trackedNanos = OptionalLong.empty();

    private boolean closed;

    /** Connections of a frontend that are open, and how their number came about. */
    private static final class Live {
        Map<InetAddress, Long> byServer = Map.of();
        long most;
        final Deque<Sample> samples = new ArrayDeque<>();

        long all() {
            return byServer.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private record Sample(long nanos, long connections) {}

    public TrafficStatistics(ConnectionTable tracking) {
        this.tracking = tracking;
    }

    public synchronized boolean areOld() {
        return trackedNanos.isEmpty() || System.nanoTime() - trackedNanos.getAsLong() > FRESH.toNanos();
    }

    /**
     * Takes in what the rules of a view have counted. On the thread that replaces the rules, before it does: what those before had
     * counted would count twice.
     *
     * @param counters what {@link Ruleset#countersLists} printed for the view
     */
    public synchronized void count(ClusterView view, String counters) {
        totals.read(view, counters);
    }

    /** Looks which connections are open; also of frontends that the proxy serves by now, for they go on. */
    public synchronized void track(ClusterView view) {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        trackedNanos = OptionalLong.of(now);
        Map<String, List<KernelFrontend>> byName = view.frontends().stream()
                .filter(frontend -> !frontend.isProxied() || live.containsKey(frontend.name()))
                .collect(Collectors.groupingBy(KernelFrontend::name));
        byName.keySet().forEach(name -> live.computeIfAbsent(name, any -> new Live()));
        live.forEach((name, here) -> {
            here.byServer = track(byName.getOrDefault(name, List.of()), here.byServer);
            here.most = Math.max(here.most, here.all());
            here.samples.addLast(new Sample(now, totals.of(name, Counter.CONNECTIONS)));
            while (now - here.samples.getFirst().nanos() > RATE_OVER.toNanos()) {
                here.samples.removeFirst();
            }
        });
    }

    private Map<InetAddress, Long> track(List<KernelFrontend> frontends, Map<InetAddress, Long> before) {
        Map<InetAddress, Long> byServer = new HashMap<>();
        try {
            for (KernelFrontend frontend : frontends) {
                for (InetAddress vip : frontend.vips()) {
                    for (Connection connection : tracking.to(vip, frontend.port())) {
                        if (connection.established() && !connection.server().equals(vip)) {
                            byServer.merge(connection.server(), 1L, Long::sum);
                        }
                    }
                }
            }
            return byServer;
        } catch (IOException e) {
            return before;
        }
    }

    /** The counters in the rules begin again. */
    public synchronized void restart() {
        totals.restart();
    }

    /** Open now, through the kernel. */
    public synchronized long sessions(String frontend) {
        return live.containsKey(frontend) ? live.get(frontend).all() : 0;
    }

    public synchronized long sessions(String frontend, InetAddress server) {
        return live.containsKey(frontend) ? live.get(frontend).byServer.getOrDefault(server, 0L) : 0;
    }

    /** Most that were open whenever somebody looked. */
    public synchronized long mostSessions(String frontend) {
        return live.containsKey(frontend) ? live.get(frontend).most : 0;
    }

    /** New connections a second, between the looks of the last ten seconds. */
    public synchronized double rate(String frontend) {
        Live here = live.get(frontend);
        if (here == null || here.samples.size() < 2) {
            return 0;
        }
        Sample first = here.samples.getFirst();
        Sample last = here.samples.getLast();
        return (last.connections() - first.connections()) * 1e9 / (last.nanos() - first.nanos());
    }

    public synchronized long count(String frontend, Endpoint server, Counter counter) {
        return totals.of(frontend, server, counter);
    }

    /** Of all backends that the frontend has had. */
    public synchronized long count(String frontend, Counter counter) {
        return totals.of(frontend, counter);
    }

    @Override
    public synchronized void close() {
        closed = true;
        tracking.close();
    }
}
