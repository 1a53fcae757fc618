package io.jenkins.plugins.baton.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.page.StepReceiver;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
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
