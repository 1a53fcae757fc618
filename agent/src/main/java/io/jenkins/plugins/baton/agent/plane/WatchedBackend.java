package io.jenkins.plugins.baton.agent.plane;

import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.agent.health.HealthChange;
import io.jenkins.plugins.baton.agent.health.HealthHysteresis;
import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.health.HealthWatch;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.FrontendCheck;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The half of a backend that all planes have: what its checks say and what an operator wants of it. A plane adds what
 * it does with the backend's connections. Safe for any thread.
 */
public abstract class WatchedBackend implements BackendView {
    private final String frontend;
    private final HealthMonitor monitor;
    private final PlaneListener listener;

    private volatile Backend configuration;
    private volatile int weight;
    private volatile boolean drained;
    private volatile Watched watched;
    private volatile BackendHealth judged;
    private boolean stopped;

    /** A check, and the watch that runs it; without one the backend is always up. */
    private record Watched(Optional<FrontendCheck> check, HealthWatch watch, CheckStatus fixed) {
        CheckStatus status() {
            return watch == null ? fixed : watch.status();
        }
    }

    /**
     * Its checks begin with the first {@link #reconfigure}.
     *
     * @param checked whether it is going to be checked; otherwise it is always up
     */
    protected WatchedBackend(
            String frontend, Backend configuration, boolean checked, HealthMonitor monitor, PlaneListener listener) {
        this.frontend = frontend;
        this.configuration = configuration;
        this.weight = configuration.weight();
        this.monitor = monitor;
        this.listener = listener;
        Instant now = Instant.now();
        CheckStatus status = checked ? CheckStatus.initial(HealthHysteresis.UNKNOWN, now) : CheckStatus.unchecked(now);
        this.judged = new BackendHealth(status.health(), now);
        this.watched = new Watched(Optional.empty(), null, status);
    }

    /** Takes over what the cluster file says now. What the checks have learnt is kept, also by a check that asks otherwise. */
    public synchronized void reconfigure(Backend newConfiguration, Optional<FrontendCheck> newCheck) {
        configuration = newConfiguration;
        weight = newConfiguration.weight();
        if (stopped || !watched.check().equals(newCheck)) {
            Health believed = watched.status().health();
            stopChecking();
            stopped = false;
            beginChecking(newCheck, new HealthHysteresis(believed, 0, 0));
            judge("the check was changed by a reload");
        }
    }

    /** The end of its checks, until it is configured again; sessions that it has go on. */
    public synchronized void stopChecking() {
        if (!stopped && watched.watch() != null) {
            watched.watch().close();
        }
        stopped = true;
    }

    /** With the lock held: the first answer must not be judged before its watch is known. */
    private void beginChecking(Optional<FrontendCheck> check, HealthHysteresis initial) {
        if (check.isEmpty()) {
            watched = new Watched(check, null, CheckStatus.unchecked(Instant.now()));
            return;
        }
        HealthWatch watch = monitor.watch(
                check.get().probe(),
                configuration.endpoint(),
                check.get().timing(),
                true,
                initial,
                change -> judge(change.reason()));
        watched = new Watched(check, watch, null);
    }

    /** Settles what is believed after something changed, and tells it. */
    private synchronized void judge(String reason) {
        Health before = judged.health();
        Health now = watched.status().health();
        if (drained && now != Health.DOWN) {
            now = Health.DRAIN;
        }
        if (now != before) {
            Instant at = Instant.now();
            judged = new BackendHealth(now, at);
            listener.backendChanged(this, new HealthChange(before, now, reason, at));
        }
    }

    @Override
    public void drain(String reason) {
        drained = true;
        judge("drained by an operator: " + reason);
    }

    @Override
    public void enable(String reason) {
        drained = false;
        judge("enabled by an operator: " + reason);
    }

    @Override
    public void setWeight(int weight) {
        if (weight < 0 || weight > 256) {
            throw new IllegalArgumentException("The weight of a backend is 0..256, not " + weight);
        }
        this.weight = weight;
    }

    @Override
    public String frontend() {
        return frontend;
    }

    @Override
    public Backend configuration() {
        return configuration;
    }

    @Override
    public String name() {
        return configuration.name();
    }

    @Override
    public BackendHealth healthNow() {
        return judged;
    }

    @Override
    public CheckStatus check() {
        return watched.status();
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public boolean drained() {
        return drained;
    }

    /**
     * The backends that a cluster file asks for: one of the same name and endpoint is the same server, which keeps its
     * health, its counters and its drain.
     */
    public static <B extends WatchedBackend> List<B> renew(
            Frontend configuration, List<B> before, Function<Backend, B> fresh) {
        record Identity(String name, Endpoint endpoint) {}
        Map<Identity, B> known = new HashMap<>();
        before.forEach(backend ->
                known.put(new Identity(backend.name(), backend.configuration().endpoint()), backend));
        return configuration.backends().stream()
                .map(wanted -> {
                    B same = known.get(new Identity(wanted.name(), wanted.endpoint()));
                    return same == null ? fresh.apply(wanted) : same;
                })
                .toList();
    }
}
