package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.fault.Fault;
import io.jenkins.plugins.baton.lab.fault.FaultTestbed;
import io.jenkins.plugins.baton.lab.fault.Incident;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.List;

/** One of two backends fails: what the next 300 new connections notice, before any health check can know. */
final class Redispatch {
    static final int CONNECTS = 300;
    static final List<Fault> FAULTS = List.of(Fault.BACKEND_DOWN, Fault.BACKEND_SILENT);

    private Redispatch() {}

    static void round(Setup setup, Samples samples) {
        try (Lab lab = Lab.withNodes(2);
                FaultTestbed testbed = new FaultTestbed(lab, setup.on().apply(lab))) {
            testbed.startStack();
            setup.settled().accept(lab);
            testbed.startClient(0);
            for (Fault fault : FAULTS) {
                Incident incident = testbed.begin(fault);
                long begin = System.nanoTime(); // who was being answered when the backend died is not meant
                incident.observe();
                Impact impact = testbed.client()
                        .between(
                                begin,
                                begin
                                        + testbed.connectInterval()
                                                .multipliedBy(CONNECTS)
                                                .toNanos());
                samples.add("failed: " + fault.title(), setup.name(), impact.failed());
                samples.add(
                        "slowest, ms: " + fault.title(),
                        setup.name(),
                        impact.slowest().toNanos() / 1e6);
                incident.revert();
                Await.pause(Duration.ofSeconds(5)); // until the checks have seen it too
            }
        }
    }
}
