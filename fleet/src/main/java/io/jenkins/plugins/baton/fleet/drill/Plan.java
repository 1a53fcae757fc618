package io.jenkins.plugins.baton.fleet.drill;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a drill is to do and what is demanded of it.
 *
 * @param scenario the fault
 * @param node the node to hit; empty: the holder of the virtual address
 * @param hold how long the fault lasts, where it does not end by itself
 * @param settle how long the cluster may take to be steady again
 * @param limits the verdict's
 * @param probing how the client probes
 * @param minHealthy how many nodes must stay able to hold the virtual address
 * @param window when drills are allowed; empty: always
 */
public record Plan(
        Scenario scenario,
        Optional<String> node,
        Duration hold,
        Duration settle,
        Limits limits,
        Probing probing,
        int minHealthy,
        Optional<TimeWindow> window) {

    /** The armed end comes this much after the planned one, where we can end the fault: it is for a dead operator. */
    private static final Duration REVERT_GRACE = Duration.ofSeconds(30);

    /**
     * @param maxOutage longest single outage
     * @param maxLostConnections of the long-lived ones; empty: any number
     */
    public record Limits(Duration maxOutage, OptionalInt maxLostConnections) {}

    /**
     * @param interval between two new connections
     * @param timeout after which a new connection has failed
     * @param slow an answer that takes longer counts as an outage
     * @param longLived how many connections are held open through the drill
     * @param readTimeout how long a long-lived connection may be without an answer
     * @param requests between two requests on a kept connection; empty: there are none
     */
    public record Probing(
            Duration interval,
            Duration timeout,
            Duration slow,
            int longLived,
            Duration readTimeout,
            Optional<Duration> requests) {}

    /** When the fault ends by itself on the node; where it cuts us off, nothing else can end it. */
    public Duration armedEnd() {
        return scenario.cutsUsOff() ? hold : hold.plus(REVERT_GRACE);
    }
}
