package io.jenkins.plugins.baton.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.maintenance.ClientFigures;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceReport;
import io.jenkins.plugins.baton.fleet.maintenance.Phase;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.page.StepReceiver;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.MaintenanceResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.util.List;

/** What the steps that do not drill leave with a build, and drills that did not run to their end, without hosts. */
final class RecordedSteps {
    private RecordedSteps() {}

    static int begin(Run<?, ?> build, String step) throws Exception {
        int number = ControlPlaneAction.of(build).begin(step, "c.yaml");
        new StepReceiver(build, number, 0).cluster("prod");
        return number;
    }

    static void look(Run<?, ?> build, int step, SampleLook look) throws Exception {
        new StepReceiver(build, step, 0).look(look.json());
    }

    static void end(Run<?, ?> build, int step, Outcome outcome, String sentence) throws Exception {
        ControlPlaneAction.of(build).end(step, result -> result.ended(outcome, sentence, System.currentTimeMillis()));
    }

    static void deployed(Run<?, ?> build) throws Exception {
        int step = begin(build, "haDeploy");
        look(build, step, SampleLook.steady(Stage.BEFORE).of("0.0.9", "00ff00ff00ff"));
        new StepReceiver(build, step, 0).intention(SampleLook.intention());
        look(build, step, SampleLook.steady(Stage.AFTER));
        ControlPlaneAction.of(build).update(step, result -> result.deployed("0.1.0", List.of("m2", "m1")));
        end(build, step, Outcome.PASSED, "");
    }

    static void waitedInVain(Run<?, ?> build) throws Exception {
        int step = begin(build, "haWaitForVip");
        look(build, step, SampleLook.steady(Stage.NOW).without("m3").down("m3"));
        end(
                build,
                step,
                Outcome.FAILED,
                "not steady for 3 s within 60 s\nm3: the agent does not answer: connection refused");
    }

    /** A maintenance of m2 that took longer than it might, while a client measured. */
    static void maintained(Run<?, ?> build, String node) throws Exception {
        int step = begin(build, "haMaintenance");
        look(build, step, SampleLook.steady(Stage.AFTER));
        List<Phase> phases = List.of(
                new Phase(Phase.STEADY, "2026-01-01T00:00:00.000Z", 340, ""),
                new Phase(Phase.HANDOVER, "2026-01-01T00:00:00.340Z", 210, node + " did not hold the address"),
                new Phase(Phase.DRAIN, "2026-01-01T00:00:00.550Z", 480, ""),
                new Phase(Phase.SESSIONS, "2026-01-01T00:00:01.030Z", 30_000, "3 sessions were left"),
                new Phase(Phase.WORK, "2026-01-01T00:00:31.030Z", 92_700, "done"),
                new Phase(Phase.RETURN, "2026-01-01T00:02:03.730Z", 4100, ""),
                new Phase(Phase.ENABLE, "2026-01-01T00:02:07.830Z", 300, ""),
                new Phase(Phase.SETTLE, "2026-01-01T00:02:08.130Z", 2600, ""));
        ClientFigures client = new ClientFigures(26_000, 0, 0, 7, 6, 20, 3, List.of(), List.of(), 1500);
        MaintenanceReport report = new MaintenanceReport(
                "prod",
                node,
                "a test",
                "2026-01-01T00:00:00.000Z",
                "2026-01-01T00:01:30.000Z",
                phases,
                3,
                true,
                "",
                List.of(),
                client);
        ControlPlaneAction.of(build).update(step, result -> result.maintained(MaintenanceResult.of(report)));
        end(build, step, Outcome.PASSED, "");
    }

    /** A drill that was under way when the step ended in that way. */
    static void unfinished(Run<?, ?> build, Outcome outcome, String sentence) throws Exception {
        int step = begin(build, "haFailoverTest");
        look(build, step, SampleLook.steady(Stage.BEFORE));
        DrillResult drill = DrillResult.unfinished(
                "agent-kill", "m1", outcome, sentence, new DrillResult.Demand(System.currentTimeMillis(), 200));
        ControlPlaneAction.of(build).update(step, result -> result.drilled(drill));
        end(build, step, outcome, sentence);
    }
}
