package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.fault.Fault;
import io.jenkins.plugins.baton.lab.fault.Incident;
import io.jenkins.plugins.baton.lab.fault.Incident.Outcome;
import io.jenkins.plugins.baton.lab.fault.Stack;
import io.jenkins.plugins.baton.lab.fault.Stage;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One round: a fresh lab, every fault once, and the return from it. */
final class Failover {
    private static final List<Fault> FAULTS =
            List.of(Fault.KILL, Fault.STOP, Fault.FREEZE, Fault.LINK_DOWN, Fault.PARTITION);

    private Failover() {}

    /**
     * @param stack which of the contestants
     * @param outcome what the fault did
     * @param back what the client noticed when it was put right
     */
    record Sample(String stack, Outcome outcome, Impact back) {
        Fault fault() {
            return outcome.fault();
        }
    }

    static List<Sample> round(Function<Lab, Stack> contestant) {
        List<Sample> samples = new ArrayList<>();
        try (Lab lab = Lab.withMasters(3);
                Stage stage = new Stage(lab, contestant.apply(lab))) {
            stage.startStack();
            stage.startClient();
            for (Fault fault : FAULTS) {
                Incident incident = stage.begin(fault);
                Outcome outcome = incident.observe();
                samples.add(new Sample(stage.stack().name(), outcome, incident.revert()));
            }
        }
        return samples;
    }
}
