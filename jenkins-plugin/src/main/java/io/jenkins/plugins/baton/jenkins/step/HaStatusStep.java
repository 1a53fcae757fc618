package io.jenkins.plugins.baton.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.inventory.InterruptedDeployment;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.FleetContext;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.result.StatusResult;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code haStatus 'cluster.yaml'}: what every agent says of itself, and what is missing for a steady cluster. */
public final class HaStatusStep extends ClusterStep {
    private static final long serialVersionUID = 1;

    @DataBoundConstructor
    public HaStatusStep(String cluster) {
        super(cluster);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends FleetExecution<StatusResult> {
        private static final long serialVersionUID = 1;

        Execution(StepContext context, HaStatusStep step) {
            super(context, step);
        }

        @Override
        NodeCallable<StatusResult> callable(CancellationSignal stop) throws IOException, InterruptedException {
            return new Look(setting(stop));
        }

        @Override
        Object conclude(StatusResult result) {
            return result;
        }

        @Override
        String recoveryNote() {
            return Messages.HaStatusStep_recoveryNote();
        }

        @Override
        boolean isReadOnly() {
            return true;
        }
    }

    private static final class Look extends NodeCallable<StatusResult> {
        private static final long serialVersionUID = 1;

        Look(Setting setting) {
            super(setting);
        }

        @Override
        protected StatusResult work(FleetContext fleet) throws FleetException {
            View view = fleet.nodes().view();
            if (view.reachedNobody()) {
                fleet.feed().see(Stage.NOW, view, List.copyOf(view.unanswered().values()));
                throw FleetException.failed(unreached(view));
            }
            List<VirtualRouter> routers = fleet.file().cluster().virtualRouters();
            Map<String, String> holders = new LinkedHashMap<>();
            routers.forEach(router ->
                    holders.put(router.name(), view.holder(router.name()).orElse("")));
            Map<String, String> states = new LinkedHashMap<>();
            fleet.file().cluster().nodes().forEach(node -> states.put(node.name(), state(view, node.name(), routers)));
            List<String> missing = new SteadyStateWaiter(fleet.file(), fleet.nodes(), fleet.progress()).missing(view);
            fleet.feed().see(Stage.NOW, view, missing);
            List<String> warnings = new ArrayList<>(SteadyState.warnings(view));
            warnings.addAll(InterruptedDeployment.on(fleet.nodes(), view));
            states.forEach((node, state) -> fleet.progress().say(node, state));
            warnings.forEach(warning -> fleet.progress().say("warning: " + warning));
            missing.forEach(fleet.progress()::say);
            fleet.progress().say(missing.isEmpty() ? "steady" : "not steady");
            return new StatusResult(fleet.file().cluster().name(), holders, missing, warnings, states);
        }

        private static List<String> unreached(View view) {
            List<String> reasons = new ArrayList<>();
            reasons.add("no node could be reached, so that nothing is known of the cluster:");
            reasons.addAll(view.unanswered().values());
            return reasons;
        }

        private static String state(View view, String node, List<VirtualRouter> routers) {
            NodeStatus status = view.nodes().get(node);
            if (status == null) {
                return "NO_DATA";
            }
            return routers.stream()
                    .findFirst()
                    .flatMap(router -> status.router(router.name()))
                    .map(router -> router.state().name())
                    .orElse("");
        }
    }

    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "haStatus";
        }

        @Override
        public String getDisplayName() {
            return Messages.HaStatusStep_displayName();
        }
    }
}
