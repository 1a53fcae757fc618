package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.balance.Server;
import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.agent.health.Health;
import io.jenkins.plugins.baton.agent.health.HealthChange;
import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.health.HealthWatch;
import io.jenkins.plugins.baton.agent.health.Verdict;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.PlaneListener;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.FrontendCheck;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server behind a frontend: its health, its counters, and what an operator wants of it. Safe for any thread. */
final class ProxyBackend implements BackendView, Server {
    private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(2);

    final Traffic traffic = new Traffic();

    private final String frontend;
    private final HealthMonitor monitor;
    private final PlaneListener listener;

    private final InetSocketAddress address;
    private volatile Backend configuration;
    private volatile int weight;
    private volatile boolean drained;
    private volatile long doubtedUntilNanos = System.nanoTime();
    private volatile Watched watched;
    private volatile Judged judged;

    /** A check, and the watch that runs it; without one the backend is always up. */
    private record Watched(Optional<FrontendCheck> check, HealthWatch watch, CheckStatus fixed) {
        CheckStatus status() {
            return watch == null ? fixed : watch.status();
        }
    }

    private record Judged(Health health, Instant since) {}

    /**
     * Its checks begin with the first {@link #reconfigure}.
     *
     * @param checked whether it is going to be checked; otherwise it is always up
     */
    ProxyBackend(
            String frontend, Backend configuration, boolean checked, HealthMonitor monitor, PlaneListener listener) {
        this.frontend = frontend;
        this.address = configuration.endpoint().toSocketAddress();
        this.configuration = configuration;
        this.weight = configuration.weight();
        this.monitor = monitor;
        this.listener = listener;
        Instant now = Instant.now();
        CheckStatus status = checked ? CheckStatus.initial(Verdict.UNKNOWN, now) : CheckStatus.unchecked(now);
        this.judged = new Judged(status.health(), now);
        this.watched = new Watched(Optional.empty(), null, status);
    }

    /** Takes over what the cluster file says now. What the checks have learnt is kept, also by a check that asks otherwise. */
    synchronized void reconfigure(Backend newConfiguration, Optional<FrontendCheck> newCheck) {
        configuration = newConfiguration;
        weight = newConfiguration.weight();
        if (!watched.check().equals(newCheck)) {
            Health believed = watched.status().health();
            stopChecking();
            beginChecking(newCheck, new Verdict(believed, 0, 0));
            judge("the check was changed by a reload");
        }
    }

    /** The end of its checks; sessions that it has go on. */
    synchronized void stopChecking() {
        if (watched.watch() != null) {
            watched.watch().close();
        }
    }

    /** With the lock held: the first answer must not be judged before its watch is known. */
    private void beginChecking(Optional<FrontendCheck> check, Verdict initial) {
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

    /** Takes a connection into account, unless the backend is full. Every success needs a {@link #release()}. */
    boolean reserve() {
        int limit = configuration.maxConnections();
        if (traffic.sessions.incrementAndGet() > limit && limit > 0) {
            traffic.sessions.decrementAndGet();
            return false;
        }
        return true;
    }

    void release() {
        traffic.sessions.decrementAndGet();
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
            judged = new Judged(now, at);
            listener.backendChanged(this, new HealthChange(before, now, reason, at));
        }
    }

    @Override
    public void drain() {
        drained = true;
        judge("drained by an operator");
    }

    @Override
    public void enable() {
        drained = false;
        judge("enabled by an operator");
    }

    @Override
    public void setWeight(int weight) {
        if (weight < 0 || weight > 256) {
            throw new IllegalArgumentException("The weight of a backend is 0..256, not " + weight);
        }
        this.weight = weight;
    }

    InetSocketAddress address() {
        return address;
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
    public Health health() {
        return judged.health();
    }

    @Override
    public Instant healthSince() {
        return judged.since();
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
    public Standing standing() {
        if (drained) {
            return Standing.CLOSED;
        }
        return switch (judged.health()) {
            case UP, UNKNOWN -> System.nanoTime() - doubtedUntilNanos < 0 ? Standing.DOUBTFUL : Standing.READY;
            case DRAIN -> Standing.DOUBTFUL;
            case DOWN -> Standing.FAILING;
        };
    }

    /** It let a connect run into its timeout: for a while, which the checks use to find out, others go first. */
    void doubt() {
        doubtedUntilNanos = System.nanoTime() + DOUBT_NANOS;
    }

    @Override
    public boolean backup() {
        return configuration.backup();
    }

    @Override
    public boolean full() {
        int limit = configuration.maxConnections();
        return limit > 0 && traffic.sessions.get() >= limit;
    }

    @Override
    public int connections() {
        return traffic.sessions.get();
    }

    @Override
    public long sessions() {
        return traffic.sessions.get();
    }

    @Override
    public long sessionsTotal() {
        return traffic.sessionsTotal.sum();
    }

    @Override
    public long bytesIn() {
        return traffic.bytesIn.sum();
    }

    @Override
    public long bytesOut() {
        return traffic.bytesOut.sum();
    }

    @Override
    public long connectErrors() {
        return traffic.connectErrors.sum();
    }
}
