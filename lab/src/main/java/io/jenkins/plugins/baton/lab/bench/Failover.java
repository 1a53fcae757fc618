package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.fault.Fault;
import io.jenkins.plugins.baton.lab.fault.FaultTestbed;
import io.jenkins.plugins.baton.lab.fault.Incident;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.List;

/** Every fault once, and the return from it, as a client sees them. */
final class Failover {
    static final List<Fault> FAULTS =
            List.of(Fault.HANDOVER, Fault.STOP, Fault.KILL, Fault.FREEZE, Fault.LINK_DOWN, Fault.PARTITION);

    static final int SESSIONS = 100;

    /** Longer than the lease of an address. */
    private static final Duration LASTS = Duration.ofSeconds(4);

    private Failover() {}

    /** One round of one candidate, in a fresh lab of three nodes. */
    static void round(Setup setup, Samples samples) {
        try (Lab lab = Lab.withNodes(3);
                FaultTestbed testbed = new FaultTestbed(lab, setup.on().apply(lab))) {
            testbed.startStack();
            setup.settled().accept(lab);
            testbed.startClient(SESSIONS);
            for (Fault fault : FAULTS) {
                Incident incident = testbed.begin(fault);
                add(samples, setup, fault.title(), incident.observe(LASTS).impact());
                add(samples, setup, healing(fault), incident.revert());
            }
        }
    }

    /** The words for the return from a fault. */
    static String healing(Fault fault) {
        return "end of " + fault.title();
    }

    private static void add(Samples samples, Setup setup, String event, Impact impact) {
        samples.add("outage, ms: " + event, setup.name(), impact.outage().toNanos() / 1e6);
        samples.add("failed: " + event, setup.name(), impact.failed());
        samples.add("lost: " + event, setup.name(), impact.lostSessions());
    }
}
