package io.jenkins.plugins.baton.agent.vrrp.simulation;

import static io.jenkins.plugins.baton.agent.vrrp.simulation.Clusters.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.jmx.State;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks after everything that happens whether the {@link Invariant}s hold. */
final class Invariants {
    /** How long the consequences of one cause may take at most: the longest timers, one after the other. */
    private static final long SETTLING_NANOS = 12_000 * MILLISECOND;

    private final World world;
    private final Set<Invariant> armed = EnumSet.allOf(Invariant.class);
    /** Since when a node that could hold the addresses hears no MASTER. */
    private final Map<Host, Long> alone = new HashMap<>();

    private int transitions;

    Invariants(World world) {
        this.world = world;
    }

    void without(Invariant invariant) {
        armed.remove(invariant);
    }

    void check() {
        List<Host> masters = world.masters();
        if (armed.contains(Invariant.ONE_HOLDER)) {
            for (int i = 1; i < masters.size(); i++) {
                for (int j = 0; j < i; j++) {
                    notTogetherForLong(masters.get(j), masters.get(i));
                }
            }
        }
        if (armed.contains(Invariant.A_HOLDER)) {
            world.hosts.forEach(host -> notAloneForLong(host, masters));
        }
        if (armed.contains(Invariant.NO_FLAP)) {
            noFlap();
        }
    }

    /** Two masters are allowed for one advert and its delivery, counted from when nothing hides them any more. */
    private void notTogetherForLong(Host a, Host b) {
        if (!world.network.connects(a, b)) {
            return;
        }
        long hidden = Math.max(world.network.disturbedAt(a, b), world.network.disturbedAt(b, a));
        long since = Math.max(hidden, Math.max(a.masterSince(), b.masterSince()));
        long interval = a.settings().intervalNanos();
        // Two deliveries when the lower one speaks first, and interval / 5 is the longest delay there is.
        long allowed = interval + 2 * Math.max(interval / 5, world.network.maxDelay()) + 5 * MILLISECOND;
        assertThat(world.now() - since)
                .as("%s: %s and %s have been MASTER together, ns", Invariant.ONE_HOLDER, a, b)
                .isLessThan(allowed);
    }

    private void notAloneForLong(Host host, List<Host> masters) {
        boolean covered = !host.isAwake()
                || host.isLeaving()
                || host.state() != State.BACKUP
                || host.router().orElseThrow().suspended()
                || masters.stream().anyMatch(master -> world.network.connects(master, host));
        if (covered) {
            alone.remove(host);
            return;
        }
        long since = Math.max(host.startedAt(), alone.computeIfAbsent(host, h -> world.now()));
        assertThat(world.now() - since)
                .as("%s: %s hears no MASTER and is none, ns", Invariant.A_HOLDER, host)
                .isLessThan(patience(host.settings()));
    }

    /**
     * RFC 9568's three intervals and skew; a sixteenth for each better node; two seconds after a start; one and a half intervals
     * of a BACKUP that was asleep itself; two of one that gave the addresses away.
     */
    private long patience(Settings settings) {
        long interval = settings.intervalNanos();
        long skew = settings.version() == 2 ? 1_000 * MILLISECOND : interval;
        return 3 * interval
                + skew
                + settings.peers().size() * interval / 16
                + 2_000 * MILLISECOND
                + interval * 7 / 2
                + world.network.maxDelay()
                + 5 * MILLISECOND;
    }

    private void noFlap() {
        int now = world.hosts.stream().mapToInt(Host::transitionsEver).sum();
        if (now != transitions) {
            assertThat(world.now() - world.causedAt())
                    .as("%s: a change of state, and nothing has happened for, ns", Invariant.NO_FLAP)
                    .isLessThan(SETTLING_NANOS);
            transitions = now;
        }
    }
}
