package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.balance.Balancer;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A client's connection and the connection to a backend that answers it: finds the backend, joins the two, and counts
 * what they did. Belongs to the event loop of its worker.
 */
final class Session {
    /**
     * How long one backend may think about a connect while another one could be asked. The kernel answers for it, so in
     * one data centre this is many times what it needs; where it is not, the last backend gets the whole timeout.
     */
    private static final long ATTEMPT_TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** More than one look at the sessions, or every session would seem to be idle just after it. */
    private static final long MIN_IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Its place in the list that it is in; the list's own. */
    int place;

    private final Worker worker;
    private final ProxyFrontend frontend;
    private final SessionLeg client;
    private final InetSocketAddress clientAddress;

    private SessionLeg server;
    private ProxyBackend backend;
    private boolean connected;
    private boolean over;

    private Set<ProxyBackend> tried = Set.of();
    private int retries;
    private Termination lastFailure = Termination.NO_SERVER;

    private long acceptedNanos;
    private long attemptNanos;
    private long connectedNanos;
    private long touchedNanos;
    private boolean touched;
    private long bytesIn;
    private long bytesOut;

    Session(Worker worker, ProxyFrontend frontend, Socket accepted, InetSocketAddress clientAddress) {
        this.worker = worker;
        this.frontend = frontend;
        this.clientAddress = clientAddress;
        this.client = new SessionLeg(this, accepted, true, true);
    }

    void begin() {
        acceptedNanos = System.nanoTime();
        frontend.sessionBegan(acceptedNanos);
        worker.connecting(this);
        if (frontend.sources.began(clientAddress.getAddress()) > limitPerSource()) {
            frontend.refused.increment();
            worker.tooManyFrom(clientAddress.getAddress(), limitPerSource(), frontend.name());
            end(Termination.SOURCE_LIMIT, true);
        } else if (watch(client)) {
            tryNext();
        } else {
            end(Termination.RESOURCES, true);
        }
    }

    /** Whether there was room for it. */
    private boolean watch(SessionLeg leg) {
        try {
            worker.loop().watch(leg, leg.socket.intValue(), SessionLeg.INTEREST);
            return true;
        } catch (LinuxException e) {
            worker.resourcesExhausted("wait for a socket", e);
            frontend.refused.increment();
            return false;
        }
    }

    private int limitPerSource() {
        int limit = frontend.configuration().maxConnectionsPerSource().orElseGet(worker::defaultLimitPerSource);
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }

    private void tryNext() {
        Balancer<ProxyBackend> balancer = frontend.balancer();
        ProxyBackend chosen;
        do {
            chosen = balancer.choose(clientAddress.getAddress(), tried);
            if (chosen == null) {
                refuse();
                return;
            }
        } while (!chosen.reserve());
        if (retries == 1) {
            frontend.redispatches.increment();
        }
        backend = chosen;
        connect();
    }

    private void refuse() {
        boolean full = retries == 0 && frontend.backends().stream().anyMatch(ProxyBackend::full);
        frontend.refused.increment();
        end(full ? Termination.SERVERS_FULL : lastFailure, true);
    }

    private void connect() {
        attemptNanos = System.nanoTime();
        InetSocketAddress address = backend.address();
        Socket socket;
        try {
            socket = Sockets.open(address.getAddress());
        } catch (ChannelException e) {
            worker.resourcesExhausted("open a socket to " + backend.name(), e);
            frontend.refused.increment();
            end(Termination.RESOURCES, true);
            return;
        }
        server = new SessionLeg(this, socket, false, false);
        try {
            socket.connect(address);
        } catch (IOException e) {
            attemptFailed(Termination.NO_SERVER);
            return;
        }
        if (!watch(server)) {
            end(Termination.RESOURCES, true);
        }
    }

    /** Something happened to a side before the two were joined: at the server's, its attempt is over. */
    void happened(SessionLeg side, boolean failed) {
        if (side == client && failed) {
            broken(client);
        } else if (side == server && failed) {
            attemptFailed(Termination.NO_SERVER);
        } else if (side == server) {
            join();
        }
    }

    private void attemptFailed(Termination failure) {
        lastFailure = failure;
        backend.traffic.connectErrors.increment();
        frontend.traffic.connectErrors.increment();
        backend.release();
        if (retries++ == 0) {
            tried = new HashSet<>();
        }
        tried.add(backend);
        backend = null;
        SessionLeg failed = server;
        server = null;
        close(failed, false);
        tryNext();
    }

    /** Called now and then while connecting: gives a backend up that does not answer. */
    void checkAttempt(long nowNanos) {
        long waited = nowNanos - attemptNanos;
        long limit = frontend.configuration().timeouts().connect().toNanos();
        if (waited >= limit || waited >= ATTEMPT_TIMEOUT_NANOS && otherChoice()) {
            backend.doubt();
            attemptFailed(Termination.CONNECT_TIMEOUT);
        }
    }

    private boolean otherChoice() {
        Set<ProxyBackend> withThis = new HashSet<>(tried);
        withThis.add(backend);
        return frontend.balancer().hasChoice(withThis, backend.standing());
    }

    private void join() {
        connected = true;
        connectedNanos = System.nanoTime();
        touch();
        backend.traffic.sessionsTotal.increment();
        worker.connected(this);
        frontend.configuration()
                .proxyProtocol()
                .ifPresent(version ->
                        server.sendFirst(ProxyHeader.of(version, clientAddress, client.socket.localAddress())));
        SessionLeg.join(client, server);
    }

    void moved(SessionLeg from, int bytes) {
        touched = true;
        if (from.isClient) {
            bytesIn += bytes;
            frontend.traffic.bytesIn.add(bytes);
            backend.traffic.bytesIn.add(bytes);
        } else {
            bytesOut += bytes;
            frontend.traffic.bytesOut.add(bytes);
            backend.traffic.bytesOut.add(bytes);
        }
    }

    Splice splice() {
        return worker.splice();
    }

    ReadBuffer readBuffer() {
        return worker.readBuffer();
    }

    /** This side has more to pass on, after the others of its loop. */
    void again(SessionLeg side) {
        worker.loop().again(side);
    }

    boolean isOver() {
        return over;
    }

    void touch() {
        touched = true;
    }

    /** Called now and then while connected: ends a session in which nobody said anything for too long. */
    void checkIdle(long nowNanos) {
        if (touched) {
            touched = false;
            touchedNanos = nowNanos;
            return;
        }
        Frontend.Timeouts timeouts = frontend.configuration().timeouts();
        long idle = nowNanos - touchedNanos;
        if (idle >= timeouts.idle().toNanos()) {
            end(Termination.IDLE_TIMEOUT, false);
        } else if (idle >= timeouts.halfClosed().toNanos() && (client.hasEnded() || server.hasEnded())) {
            end(Termination.HALF_CLOSED_TIMEOUT, true);
        }
    }

    /** Whether nobody has said anything for so long that it may make room for a new client. */
    boolean isIdle(long nowNanos) {
        return connected && !touched && nowNanos - touchedNanos >= MIN_IDLE_NANOS;
    }

    /** When somebody was last seen to have said something; of a session that {@link #isIdle}. */
    long touchedNanos() {
        return touchedNanos;
    }

    ProxyFrontend frontend() {
        return frontend;
    }

    void makeRoom() {
        end(Termination.MADE_ROOM, false);
    }

    /** A side was reset, or cannot be written to any more. */
    void broken(SessionLeg side) {
        if (over) {
            return;
        }
        if (side == client) {
            end(connected ? Termination.CLIENT_ABORTED : Termination.CLIENT_ABORTED_WHILE_CONNECTING, true);
        } else if (side == server && connected) {
            end(Termination.SERVER_ABORTED, true);
        }
    }

    /** Both legs have ended their output. */
    void ended() {
        if (!over) {
            end(Termination.NORMAL, false);
        }
    }

    void shutDown() {
        end(Termination.SHUTDOWN, true);
    }

    private void end(Termination termination, boolean reset) {
        over = true;
        Frontend.AccessLog form = frontend.configuration().accessLog();
        SessionRecord line = form == Frontend.AccessLog.OFF ? null : record(termination);
        close(client, reset);
        if (server != null) {
            close(server, reset);
        }
        if (backend != null) {
            backend.release();
        }
        frontend.sources.ended(clientAddress.getAddress());
        frontend.sessionEnded();
        worker.ended(this, connected);
        // Last: whoever has read the line finds the session gone.
        if (line != null) {
            worker.log(form, line);
        }
    }

    private void close(SessionLeg side, boolean reset) {
        worker.loop().forget(side);
        side.close(reset);
    }

    private SessionRecord record(Termination termination) {
        long lasted = System.nanoTime() - acceptedNanos;
        return new SessionRecord(
                clientAddress,
                Instant.now().minusNanos(lasted),
                frontend.name(),
                connected ? backend.name() : "",
                connected ? millis(attemptNanos - acceptedNanos) : -1,
                connected ? millis(connectedNanos - attemptNanos) : -1,
                millis(lasted),
                bytesIn,
                bytesOut,
                termination,
                worker.planeSessions(),
                frontend.sessions(),
                connected ? backend.sessions() : 0,
                retries);
    }

    @Override
    public String toString() {
        return "a session from " + clientAddress + " through " + frontend.name();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
