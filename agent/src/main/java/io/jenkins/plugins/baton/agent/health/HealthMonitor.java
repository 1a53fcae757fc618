package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Timing;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs health checks. One thread does all that waits for the network, so that a hung server delays no other check;
 * a few workers that come and go do what blocks: read key files, start programs.
 */
public final class HealthMonitor implements AutoCloseable {
    /** A worker per script that runs; when all are busy, that is the answer ("too many checks at once"); there is no queue. */
    private static final int MAX_WORKERS = 64;

    private final CheckLoop loop = CheckLoop.begin();
    private final Set<HealthWatch> watches = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            0,
            MAX_WORKERS,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("baton-health-worker", true));

    /**
     * Begins a check that goes on until it is closed.
     *
     * @param backend where to ask when the probe names no target of its own
     * @param drains whether an answer that says "not ready" means DRAIN at once
     * @param initial what to believe until the first answer
     * @param listener hears of every change, on the monitor's loop
     */
    public HealthWatch watch(
            Probe probe,
            Endpoint backend,
            Timing timing,
            boolean drains,
            HealthHysteresis initial,
            HealthChange.Listener listener) {
        HealthWatch watch =
                new HealthWatch(loop, prober(probe, backend), timing, drains, initial, listener, watches::remove);
        watches.add(watch);
        loop.events().execute(watch::start);
        return watch;
    }

    private Prober prober(Probe probe, Endpoint backend) {
        if (probe instanceof Probe.Tcp tcp) {
            return new TcpProber(tcp.target().orElse(backend).toSocketAddress());
        }
        if (probe instanceof Probe.Http http) {
            return new HttpProber(http, http.target().orElse(backend), workers);
        }
        if (probe instanceof Probe.Script script) {
            return new ScriptProber(script.command(), backend, workers);
        }
        throw new IllegalArgumentException("no prober for " + probe);
    }

    /** Ends every check. Programs that still run are killed. */
    @Override
    public void close() {
        watches.forEach(HealthWatch::close);
        loop.events().end();
        workers.shutdown();
    }
}
