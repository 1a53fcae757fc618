package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.cluster.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named checks of this node that virtual routers track. Every method may be called from any thread. */
public final class NamedChecks implements AutoCloseable {

    /** Hears of changes, on the monitor's thread: return quickly, do not block. */
    @FunctionalInterface
    public interface Listener {
        void changed(Check check, HealthChange change);
    }

    /** A named check and where it stands. */
    public record NamedCheck(Check check, HealthWatch watch) {
        public CheckStatus status() {
            return watch.status();
        }
    }

    private final HealthMonitor monitor;
    private final Listener listener;
    private volatile List<NamedCheck> running = List.of();

    public NamedChecks(HealthMonitor monitor, Listener listener) {
        this.monitor = monitor;
        this.listener = listener;
    }

    /** Makes these the checks that run. One that has not changed goes on and keeps what it has learnt. */
    public synchronized void apply(List<Check> checks) {
        Map<Check, NamedCheck> before = new LinkedHashMap<>();
        running.forEach(named -> before.put(named.check(), named));
        running = checks.stream()
                .map(check -> before.containsKey(check) ? before.remove(check) : begin(check))
                .toList();
        before.values().forEach(gone -> gone.watch().close());
    }

    /** In the order in which they were applied. */
    public List<NamedCheck> all() {
        return running;
    }

    @Override
    public void close() {
        apply(List.of());
    }

    private NamedCheck begin(Check check) {
        // A named check always has a target of its own, so there is no backend to fall back to.
        HealthWatch watch = monitor.watch(
                check.probe(),
                null,
                check.timing(),
                false,
                HealthHysteresis.UNKNOWN,
                change -> listener.changed(check, change));
        return new NamedCheck(check, watch);
    }
}
