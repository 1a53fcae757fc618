package io.jenkins.plugins.baton.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.util.List;
import java.util.function.UnaryOperator;

/** What steps that do not drill find out about a cluster of any name, without hosts. */
final class RecordedCluster {
    private RecordedCluster() {}

    /** @param missing for a steady cluster; none: it is steady */
    static void status(Run<?, ?> build, String cluster, String holder, String... missing) throws Exception {
        long now = System.currentTimeMillis();
        with(
                build,
                "haStatus",
                result -> result.ofCluster(cluster)
                        .seen(now, holder, List.of(missing))
                        .ended(Outcome.PASSED, "", now));
    }

    static void deployment(Run<?, ?> build, String cluster, String release, Outcome outcome) throws Exception {
        with(
                build,
                "haDeploy",
                result -> result.ofCluster(cluster)
                        .deployed(release, List.of("m1"))
                        .ended(outcome, "", System.currentTimeMillis()));
    }

    private static void with(Run<?, ?> build, String step, UnaryOperator<StepResult> end) throws Exception {
        ControlPlaneAction action = ControlPlaneAction.of(build);
        action.end(action.begin(step, "c.yaml"), end);
    }
}
