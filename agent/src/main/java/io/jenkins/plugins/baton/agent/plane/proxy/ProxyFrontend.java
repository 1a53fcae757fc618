package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.balance.Balancer;
import io.jenkins.plugins.baton.agent.balance.LeastConnections;
import io.jenkins.plugins.baton.agent.balance.RoundRobin;
import io.jenkins.plugins.baton.agent.balance.SourceHash;
import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.PlaneListener;
import io.jenkins.plugins.baton.agent.plane.WatchedBackend;
import io.jenkins.plugins.baton.cluster.Frontend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** A frontend: where its sessions may go now, and its counters. Safe for any thread. */
final class ProxyFrontend implements FrontendView {
    final Traffic traffic = new Traffic();
    final LongAdder redispatches = new LongAdder();
    final LongAdder refused = new LongAdder();
    final Sources sources = new Sources();
    private final LongAccumulator sessionsMax = new LongAccumulator(Math::max, 0);
    private final RateMeter rate = new RateMeter();

    private final HealthMonitor monitor;
    private final PlaneListener listener;
    private volatile Route route;
    /** Guarded by this. */
    private final List<ProxyBackend> former = new ArrayList<>();

    /** What a reload replaces as a whole. */
    private record Route(
            Frontend configuration, PlaneChoice plane, List<ProxyBackend> backends, Balancer<ProxyBackend> balancer) {}

    ProxyFrontend(Frontend configuration, PlaneChoice plane, HealthMonitor monitor, PlaneListener listener) {
        this.monitor = monitor;
        this.listener = listener;
        this.route = route(configuration, plane, List.of());
    }

    /** Begins the checks, or changes them. Sessions go on; the next one is spread over the new backends. */
    synchronized void reconfigure(Frontend configuration, PlaneChoice plane) {
        former.addAll(route.backends());
        route = route(configuration, plane, former);
        former.removeAll(route.backends());
        for (int i = 0; i < backends().size(); i++) {
            backends().get(i).reconfigure(configuration.backends().get(i), configuration.check());
        }
        former.forEach(ProxyBackend::stopChecking);
    }

    /** Backends that it does not have any more will not come back as what they were. */
    synchronized void forgetFormerBackends() {
        former.clear();
    }

    synchronized void stopChecking() {
        route.backends().forEach(ProxyBackend::stopChecking);
    }

    private Route route(Frontend configuration, PlaneChoice plane, List<ProxyBackend> before) {
        boolean checked = configuration.check().isPresent();
        List<ProxyBackend> backends = WatchedBackend.renew(
                configuration,
                before,
                wanted -> new ProxyBackend(configuration.name(), wanted, checked, monitor, listener));
        return new Route(configuration, plane, backends, balancer(configuration.balance(), backends));
    }

    private static Balancer<ProxyBackend> balancer(Frontend.Balance balance, List<ProxyBackend> backends) {
        return switch (balance) {
            case ROUNDROBIN -> new RoundRobin<>(backends);
            case LEASTCONN -> new LeastConnections<>(backends);
            case SOURCE -> new SourceHash<>(backends);
        };
    }

    Balancer<ProxyBackend> balancer() {
        return route.balancer();
    }

    void sessionBegan(long nowNanos) {
        traffic.sessionsTotal.increment();
        sessionsMax.accumulate(traffic.sessions.incrementAndGet());
        rate.mark(nowNanos);
    }

    void sessionEnded() {
        traffic.sessions.decrementAndGet();
    }

    @Override
    public Frontend configuration() {
        return route.configuration();
    }

    @Override
    public PlaneChoice plane() {
        return route.plane();
    }

    @Override
    public List<ProxyBackend> backends() {
        return route.backends();
    }

    @Override
    public long sessions() {
        return traffic.sessions.get();
    }

    @Override
    public long sessionsMax() {
        return sessionsMax.get();
    }

    @Override
    public long sessionsTotal() {
        return traffic.sessionsTotal.sum();
    }

    @Override
    public double sessionRate() {
        return rate.perSecond(System.nanoTime());
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

    @Override
    public long redispatches() {
        return redispatches.sum();
    }

    @Override
    public long refused() {
        return refused.sum();
    }
}
