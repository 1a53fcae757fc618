package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.linux.loop.EventLoop;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.PlaneListener;
import io.jenkins.plugins.baton.cluster.Frontend;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy plane: event loops, listeners and frontends, and how they change at a reload. */
public final class ProxyPlane implements FrontendTable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyPlane.class);

    /** More loops than this do not make two or three backends faster. */
    private static final int MAX_LOOPS = 4;

    /** How often idle sessions are looked for: a quarter of the shortest timeout, within these bounds. */
    private static final long MIN_IDLE_CHECK_MILLIS = 50;

    private static final long MAX_IDLE_CHECK_MILLIS = 1000;

    private final HealthMonitor monitor;
    private final PlaneListener planeListener;
    private final AccessLogWriter accessLog;
    private final ResourceExhaustion exhaustion = new ResourceExhaustion();
    private final OnceAMinute sourceLimit = new OnceAMinute();
    private final List<Worker> workers;
    private final int maxSessions = OpenFiles.sessionsThatFit();
    private final AtomicInteger openSessions = new AtomicInteger();

    private boolean closed;
    private volatile List<Served> served = List.of();
    /** Those that are not served now, by name; guarded by this. */
    private final Map<String, ProxyFrontend> former = new HashMap<>();

    private volatile long idleCheckMillis = MAX_IDLE_CHECK_MILLIS;

    /** A frontend with its listener; without one where the port is left to the node's own server. */
    private record Served(ProxyFrontend frontend, Optional<Listener> listener) {
        boolean listensAs(Frontend wanted, boolean leftToServer) {
            return leftToServer
                    ? listener.isEmpty()
                    : listener.filter(one -> one.bind().equals(wanted.bind())).isPresent();
        }
    }

    /**
     * @param accessLog where the lines of the access log go; written to by one thread, not closed
     */
    public ProxyPlane(HealthMonitor monitor, PlaneListener planeListener, PrintStream accessLog) {
        this.monitor = monitor;
        this.planeListener = planeListener;
        this.accessLog = new AccessLogWriter(accessLog);
        int loops = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());
        this.workers = IntStream.rangeClosed(1, loops)
                .mapToObj(i -> new Worker(new EventLoop("baton-proxy-" + i), this))
                .toList();
    }

    /**
     * Makes these the frontends: starts the new ones, changes those that are there without dropping a session, and
     * stops listening on those that are gone (their sessions go on until they end).
     *
     * @param choices why they are here, by the frontend's name
     * @param leftToServer whether the node's own server has a frontend's port, so that there is no listener
     * @throws PlaneException when one of them cannot be served; then nothing has changed
     */
    public synchronized void apply(
            List<Frontend> wanted, Map<String, PlaneChoice> choices, Predicate<Frontend> leftToServer)
            throws PlaneException {
        Map<String, Served> before = new HashMap<>();
        served.forEach(one -> before.put(one.frontend().name(), one));
        List<Served> after = listen(wanted, choices, leftToServer, before);

        // Nothing can fail from here on.
        for (int i = 0; i < wanted.size(); i++) {
            Frontend frontend = wanted.get(i);
            after.get(i).frontend().reconfigure(frontend, choices.get(frontend.name()));
        }
        served.stream()
                .filter(one -> !keepsListener(one, after))
                .forEach(one -> one.listener().ifPresent(Listener::close));
        served.stream().map(Served::frontend).forEach(one -> former.put(one.name(), one));
        after.forEach(one -> former.remove(one.frontend().name()));
        former.values().forEach(ProxyFrontend::stopChecking);
        served = after;
        idleCheckMillis = wanted.stream()
                .flatMap(frontend -> Stream.of(
                        frontend.timeouts().idle(), frontend.timeouts().halfClosed()))
                .mapToLong(timeout -> timeout.toMillis() / 4)
                .map(millis -> Math.max(MIN_IDLE_CHECK_MILLIS, Math.min(millis, MAX_IDLE_CHECK_MILLIS)))
                .min()
                .orElse(MAX_IDLE_CHECK_MILLIS);
    }

    /** Opens the listeners that are not there yet: all of them, or none. */
    private List<Served> listen(
            List<Frontend> wanted,
            Map<String, PlaneChoice> choices,
            Predicate<Frontend> leftToServer,
            Map<String, Served> before)
            throws PlaneException {
        List<Served> after = new ArrayList<>();
        List<Served> fresh = new ArrayList<>();
        try {
            for (Frontend frontend : wanted) {
                Served known = before.get(frontend.name());
                boolean left = leftToServer.test(frontend);
                if (known != null && known.listensAs(frontend, left)) {
                    after.add(known);
                    continue;
                }
                ProxyFrontend proxy = known != null ? known.frontend() : former.get(frontend.name());
                if (proxy == null) {
                    proxy = new ProxyFrontend(frontend, choices.get(frontend.name()), monitor, planeListener);
                }
                Served opened = new Served(
                        proxy, left ? Optional.empty() : Optional.of(Listener.open(this, proxy, frontend.bind())));
                fresh.add(opened);
                after.add(opened);
            }
            return after;
        } catch (PlaneException e) {
            fresh.forEach(one -> one.listener().ifPresent(Listener::close));
            throw e;
        }
    }

    private static boolean keepsListener(Served one, List<Served> after) {
        return after.stream().anyMatch(other -> other.listener().equals(one.listener()));
    }

    /**
     * Nobody goes back to a file before the last {@link #apply}: frontends and backends that only such a one had are forgotten, with
     * what they have counted and what an operator wanted of them.
     */
    public synchronized void forgetFormer() {
        former.clear();
        frontends().forEach(ProxyFrontend::forgetFormerBackends);
    }

    @Override
    public List<ProxyFrontend> frontends() {
        return served.stream().map(Served::frontend).toList();
    }

    @Override
    public long lingering(Duration told) {
        return frontends().stream()
                .filter(frontend -> frontend.configuration().timeouts().drain().compareTo(told) >= 0)
                .mapToLong(ProxyFrontend::sessions)
                .sum();
    }

    @Override
    public long thinOut(Duration told, Duration interval) {
        long ended = 0;
        for (ProxyFrontend frontend : frontends()) {
            double share = Thinning.share(frontend.configuration().timeouts().drain(), told, interval);
            if (share > 0) {
                for (Worker worker : workers) {
                    ended += worker.thinOut(frontend, share);
                }
            }
        }
        return ended;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        served.forEach(one -> {
            one.listener().ifPresent(Listener::close);
            one.frontend().stopChecking();
        });
        workers.forEach(Worker::close);
        accessLog.close();
    }

    /** Lines of the access log that were dropped because its reader was too slow. */
    public long accessLogDropped() {
        return accessLog.dropped();
    }

    /** How often accepting or connecting failed for want of file descriptors, ports or memory. */
    public long exhaustions() {
        return exhaustion.count();
    }

    List<Worker> workers() {
        return workers;
    }

    void sessionBegan() {
        openSessions.incrementAndGet();
    }

    void sessionEnded() {
        openSessions.decrementAndGet();
    }

    int openSessions() {
        return openSessions.get();
    }

    boolean hasRoom() {
        return openSessions.get() < maxSessions;
    }

    int maxSessions() {
        return maxSessions;
    }

    /** More than the ports of one address that NAT makes many clients share, when there are files for many sessions. */
    int defaultLimitPerSource() {
        return Math.max(1, maxSessions / 2);
    }

    void tooManyFrom(InetAddress source, int limit, String frontend) {
        if (sourceLimit.happened()) {
            LOG.warn(
                    "{} has {} connections to frontend {}; further ones are reset. If many clients share that address,"
                            + " raise maxConnectionsPerSource. This happened {} times so far",
                    source.getHostAddress(),
                    limit,
                    frontend,
                    sourceLimit.count());
        }
    }

    long idleCheckMillis() {
        return idleCheckMillis;
    }

    AccessLogWriter accessLog() {
        return accessLog;
    }

    ResourceExhaustion exhaustion() {
        return exhaustion;
    }
}
