package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.balance.Server;
import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.plane.PlaneListener;
import io.jenkins.plugins.baton.agent.plane.WatchedBackend;
import io.jenkins.plugins.baton.cluster.Backend;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A server behind a frontend, its connections and what they have shown of it. Safe for any thread. */
final class ProxyBackend extends WatchedBackend implements Server {
    private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(2);

    final Traffic traffic = new Traffic();

    private final InetSocketAddress address;
    private volatile long doubtedUntilNanos = System.nanoTime();

    /**
     * Its checks begin with the first {@link #reconfigure}.
     *
     * @param checked whether it is going to be checked; otherwise it is always up
     */
    ProxyBackend(
            String frontend, Backend configuration, boolean checked, HealthMonitor monitor, PlaneListener listener) {
        super(frontend, configuration, checked, monitor, listener);
        this.address = configuration.endpoint().toSocketAddress();
    }

    /** Takes a connection into account, unless the backend is full. Every success needs a {@link #release()}. */
    boolean reserve() {
        int limit = configuration().maxConnections();
        if (traffic.sessions.incrementAndGet() > limit && limit > 0) {
            traffic.sessions.decrementAndGet();
            return false;
        }
        return true;
    }

    void release() {
        traffic.sessions.decrementAndGet();
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public Standing standing() {
        if (drained()) {
            return Standing.CLOSED;
        }
        return switch (health()) {
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
        return configuration().backup();
    }

    @Override
    public boolean full() {
        int limit = configuration().maxConnections();
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
