package io.jenkins.plugins.baton.fleet.maintenance;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a client saw through a maintenance: new connections all the time, and some that it held. The definitions are those of a
 * drill.
 *
 * @param attempts new connections that were tried
 * @param failedConnects those without an answer
 * @param slowConnects those with a late one
 * @param outageMillis the longest time in which no new connection was served
 * @param resolutionMillis the longest pause between two attempts: an outage is known to be this exact
 * @param longLived connections that were held
 * @param losses of those, in order; the first {@link #MOST} of them
 * @param lost how many of those were lost
 * @param outages in order; the first {@link #MOST} of them
 * @param unmeasuredMillis how long nobody measured, because the machine with the client was away
 */
public record ClientFigures(
        int attempts,
        int failedConnects,
        int slowConnects,
        double outageMillis,
        double resolutionMillis,
        int longLived,
        int lost,
        List<Loss> losses,
        List<Outage> outages,
        long unmeasuredMillis) {
    static final int MOST = 50;

    public static final ClientFigures NONE = new ClientFigures(0, 0, 0, 0, 0, 0, 0, List.of(), List.of(), 0);

    /** @param at ISO 8601 */
    public record Loss(String at, String reason) {}

    /** @param at ISO 8601 */
    public record Outage(String at, double millis) {}

    public ClientFigures {
        losses = losses == null ? List.of() : losses.stream().limit(MOST).toList();
        outages = outages == null ? List.of() : outages.stream().limit(MOST).toList();
    }

    /**
     * These, and those of a client that went on after a while.
     *
     * @param gapMillis in which nobody measured
     */
    public ClientFigures then(ClientFigures later, long gapMillis) {
        return new ClientFigures(
                attempts + later.attempts,
                failedConnects + later.failedConnects,
                slowConnects + later.slowConnects,
                Math.max(outageMillis, later.outageMillis),
                Math.max(resolutionMillis, later.resolutionMillis),
                longLived + later.longLived,
                lost + later.lost,
                Stream.concat(losses.stream(), later.losses.stream()).toList(),
                Stream.concat(outages.stream(), later.outages.stream()).toList(),
                unmeasuredMillis + later.unmeasuredMillis + gapMillis);
    }
}
