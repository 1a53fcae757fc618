package io.jenkins.plugins.baton.lab.fault;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.Optional;

/** A fault that has befallen a node, until it is reverted. */
public final class Incident {
    private static final Duration MIN_DURATION = Duration.ofSeconds(5);
    private static final Duration QUIET_TIME = Duration.ofSeconds(1);
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    private final FaultTestbed testbed;
    private final Fault fault;
    private final Host victim;
    private final long begin;

    /**
     * What came of a fault.
     *
     * @param takeover who got the VIP and how long after the fault; empty when it did not have to move
     * @param vipOffVictim how long the VIP stayed on the victim; empty when it is still there
     * @param holder who holds the VIP in the end, the victim of a fault that never let go left out
     * @param impact what the client noticed from the fault until all was calm
     */
    public record Outcome(
            Fault fault,
            Host victim,
            Optional<Takeover> takeover,
            Optional<Duration> vipOffVictim,
            Optional<Host> holder,
            Impact impact) {}

    /** Who took over, and how long after the fault. */
    public record Takeover(Host by, Duration after) {}

    Incident(FaultTestbed testbed, Fault fault, Host victim) {
        this.testbed = testbed;
        this.fault = fault;
        this.victim = victim;
        this.begin = System.nanoTime();
        fault.inject(testbed, victim);
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** What the client has noticed up to now. */
    public Impact impact() {
        return testbed.client().knownSince(begin);
    }

    /** Waits until somebody took over, if somebody must, and the client is served again; some seconds at least. */
    public Outcome observe() {
        return observe(MIN_DURATION);
    }

    /** @param least how long the fault lasts in any case */
    public Outcome observe(Duration least) {
        if (fault.movesVip()) {
            Await.until(
                    "another node holds the VIP",
                    AWAIT_TIMEOUT,
                    () -> takeover().isPresent());
        }
        Await.until(
                "the fault has lasted " + least.toSeconds() + " s", AWAIT_TIMEOUT, () -> age().compareTo(least) > 0);
        testbed.client().awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
        return new Outcome(
                fault,
                victim,
                takeover(),
                vipOffVictim(),
                holder(),
                testbed.client().since(begin));
    }

    /**
     * Puts it right and waits until all is as before.
     *
     * @return what the client noticed of that
     */
    public Impact revert() {
        long reverted = System.nanoTime();
        fault.revert(testbed, victim);
        testbed.awaitSteady();
        return testbed.client().since(reverted);
    }

    private Optional<Takeover> takeover() {
        return testbed.vip().since(begin).stream()
                .filter(t -> t.host() != victim)
                .findFirst()
                .map(t -> new Takeover(t.host(), Duration.ofNanos(t.since() - begin)));
    }

    private Optional<Duration> vipOffVictim() {
        return testbed.vip().history().stream()
                .filter(t -> t.host() == victim && t.until() != Long.MAX_VALUE && t.until() - begin > 0)
                .map(Tenure::until)
                .findFirst()
                .map(until -> Duration.ofNanos(until - begin));
    }

    private Optional<Host> holder() {
        return testbed.vip().holders().stream()
                .filter(host -> !fault.movesVip() || host != victim)
                .findFirst();
    }
}
