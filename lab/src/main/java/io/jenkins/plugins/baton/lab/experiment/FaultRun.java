package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.Incident.Takeover;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.Optional;

/** A fault that has befallen a node, until it is reverted. */
public final class FaultRun {
    private static final Duration MIN_DURATION = Duration.ofSeconds(5);

    private final ClusterTestbed testbed;
    private final Client client;
    private final Fault fault;
    private final Host victim;
    private final Incident incident;

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

    private FaultRun(ClusterTestbed testbed, Client client, Fault fault) {
        this.testbed = testbed;
        this.client = client;
        this.fault = fault;
        this.victim = fault.victim(testbed);
        this.incident = Incident.begin(testbed, client, () -> fault.inject(testbed, victim));
    }

    /** Injects a fault; {@link #observe} waits for what comes of it. */
    public static FaultRun begin(ClusterTestbed testbed, Client client, Fault fault) {
        return new FaultRun(testbed, client, fault);
    }

    /** What the client has noticed up to now. */
    public Impact impact() {
        return incident.known();
    }

    /** When the fault was injected, on the clock of {@link System#nanoTime}. */
    public long begin() {
        return incident.begin();
    }

    /** Waits until somebody took over, if somebody must, and the client is served again; some seconds at least. */
    public Outcome observe() {
        return observe(MIN_DURATION);
    }

    /** @param least how long the fault lasts in any case */
    public Outcome observe(Duration least) {
        if (fault.movesVip()) {
            incident.awaitTakeover();
        }
        incident.awaitAge(least);
        Impact impact = incident.end();
        return new Outcome(fault, victim, incident.takeover(), incident.vipOff(victim), holder(), impact);
    }

    /**
     * Puts it right and waits until all is as before.
     *
     * @return what the client noticed of that
     */
    public Impact revert() {
        return Incident.measure(testbed, client, reverting -> {
            fault.revert(testbed, victim);
            testbed.awaitHome();
        });
    }

    private Optional<Host> holder() {
        return testbed.vip().holders().stream()
                .filter(host -> !fault.movesVip() || host != victim)
                .findFirst();
    }
}
