package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.experiment.Fault;
import io.jenkins.plugins.baton.lab.experiment.FaultRun;
import io.jenkins.plugins.baton.lab.experiment.Stack;
import io.jenkins.plugins.baton.lab.probe.Client;
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
    static void round(Stack stack, Samples samples) {
        try (ClusterTestbed testbed = ClusterTestbed.running(3, stack);
                Client client = testbed.client(SESSIONS)) {
            for (Fault fault : FAULTS) {
                FaultRun run = FaultRun.begin(testbed, client, fault);
                add(samples, stack, fault.title(), run.observe(LASTS).impact());
                add(samples, stack, healing(fault), run.revert());
            }
        }
    }

    /** The words for the return from a fault. */
    static String healing(Fault fault) {
        return "end of " + fault.title();
    }

    private static void add(Samples samples, Stack stack, String event, Impact impact) {
        samples.add("outage, ms: " + event, stack.name(), impact.outage().toNanos() / 1e6);
        samples.add("failed: " + event, stack.name(), impact.failed());
        samples.add("lost: " + event, stack.name(), impact.lostSessions());
    }
}
