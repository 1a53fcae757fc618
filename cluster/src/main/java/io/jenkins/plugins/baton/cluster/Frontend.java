package io.jenkins.plugins.baton.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A TCP frontend: where clients connect, and the backends their connections are spread over.
 *
 * @param name unique among frontends
 * @param bind where clients connect; the wildcard address is allowed
 * @param plane which data plane moves the bytes
 * @param balance how a backend is chosen
 * @param timeouts what a session has to do within
 * @param check how each backend's health is learnt; empty means always up
 * @param proxyProtocol the PROXY protocol version sent to backends, 1 or 2; empty is none
 * @param accessLog the form of the line written for each ended session
 * @param maxConnectionsPerSource most concurrent connections of one client address; 0 is no limit, empty is a share of
 *     what the agent has room for
 * @param backends at least one, names and endpoints unique
 */
public record Frontend(
        String name,
        Endpoint bind,
        Plane plane,
        Balance balance,
        Timeouts timeouts,
        Optional<FrontendCheck> check,
        Optional<Integer> proxyProtocol,
        AccessLog accessLog,
        OptionalInt maxConnectionsPerSource,
        List<Backend> backends) {

    /** Which data plane moves a frontend's bytes. */
    public enum Plane {
        AUTO,
        KERNEL,
        PROXY
    }

    /** How a backend is chosen for a new connection. */
    public enum Balance {
        ROUNDROBIN,
        LEASTCONN,
        SOURCE
    }

    public enum AccessLog {
        TEXT,
        JSON,
        OFF
    }

    /**
     * @param connect how long one attempt to connect to a backend may take
     * @param idle how long a session may be silent in both directions
     * @param halfClosed how long a session may be silent after one side has ended its stream
     * @param drain how long a session may go on when the agent is told to end, zero or more
     */
    public record Timeouts(Duration connect, Duration idle, Duration halfClosed, Duration drain) {}

    public Frontend {
        backends = List.copyOf(backends);
    }

    /**
     * Whether clients connect to the port that the node's own backend listens on, mostly on every address: a listener of
     * the agent's would take that port away, or find it taken. Where the file says {@code plane: proxy} there is one all the
     * same.
     */
    public boolean leavesPortToServerOf(Node node) {
        return plane != Plane.PROXY
                && backends.stream()
                        .filter(backend -> backend.name().equals(node.name())
                                || backend.endpoint().address().equals(node.address()))
                        .anyMatch(backend -> backend.endpoint().port() == bind.port());
    }
}
