package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.experiment.Fault;
import io.jenkins.plugins.baton.lab.experiment.FaultRun;
import io.jenkins.plugins.baton.lab.experiment.Stack;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.List;

/** One of two backends fails: what the next 300 new connections notice, before any health check can know. */
final class Redispatch {
    static final int CONNECTS = 300;
    static final List<Fault> FAULTS = List.of(Fault.BACKEND_DOWN, Fault.BACKEND_SILENT);

    private static final Duration TIME = ClusterTestbed.CONNECT_INTERVAL.multipliedBy(CONNECTS);

    private Redispatch() {}

    static void round(Stack stack, Samples samples) {
        try (ClusterTestbed testbed = ClusterTestbed.running(2, stack);
                Client client = testbed.client(0)) {
            for (Fault fault : FAULTS) {
                FaultRun run = FaultRun.begin(testbed, client, fault);
                long begin = System.nanoTime(); // who was being answered when the backend died is not meant
                run.observe();
                Impact impact = client.between(begin, begin + TIME.toNanos());
                samples.add("failed: " + fault.title(), stack.name(), impact.failed());
                samples.add(
                        "slowest, ms: " + fault.title(),
                        stack.name(),
                        impact.slowest().toNanos() / 1e6);
                run.revert();
                Await.pause(Duration.ofSeconds(5)); // until the checks have seen it too
            }
        }
    }
}
