package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.fleet.drill.TimeWindow;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.page.DrillsAction;
import io.jenkins.plugins.baton.jenkins.result.FailoverResult;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code haFailoverTest cluster: 'cluster.yaml', scenario: 'agent-kill'}: breaks something on purpose, measures what a
 * client notices, mends it.
 */
public final class HaFailoverTestStep extends ClusterStep {
    private static final long serialVersionUID = 1;

    private final String scenario;
    private String node;
    private String maxOutage = DrillRequest.MAX_OUTAGE;
    private Integer maxLostConnections;
    private String hold = DrillRequest.HOLD;
    private String settle = DrillRequest.SETTLE;
    private String interval = DrillRequest.INTERVAL;
    private int connections = DrillRequest.CONNECTIONS;
    private int minHealthy = DrillRequest.MIN_HEALTHY;
    private String window;
    private String report;
    private String onFailure = OnFailure.FAIL.word();

    /** What becomes of the build when a verdict was not met, or a drill did not begin. */
    enum OnFailure {
        FAIL,
        UNSTABLE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @DataBoundConstructor
    public HaFailoverTestStep(String cluster, String scenario) {
        super(cluster);
        this.scenario = Util.fixNull(scenario).strip();
    }

    public String getScenario() {
        return scenario;
    }

    public String getNode() {
        return node;
    }

    @DataBoundSetter
    public void setNode(String node) {
        this.node = Util.fixEmptyAndTrim(node);
    }

    public String getMaxOutage() {
        return maxOutage;
    }

    @DataBoundSetter
    public void setMaxOutage(String maxOutage) {
        this.maxOutage = maxOutage;
    }

    public Integer getMaxLostConnections() {
        return maxLostConnections;
    }

    @DataBoundSetter
    public void setMaxLostConnections(Integer maxLostConnections) {
        this.maxLostConnections = maxLostConnections;
    }

    public String getHold() {
        return hold;
    }

    @DataBoundSetter
    public void setHold(String hold) {
        this.hold = hold;
    }

    public String getSettle() {
        return settle;
    }

    @DataBoundSetter
    public void setSettle(String settle) {
        this.settle = settle;
    }

    public String getInterval() {
        return interval;
    }

    @DataBoundSetter
    public void setInterval(String interval) {
        this.interval = interval;
    }

    public int getConnections() {
        return connections;
    }

    @DataBoundSetter
    public void setConnections(int connections) {
        this.connections = connections;
    }

    public int getMinHealthy() {
        return minHealthy;
    }

    @DataBoundSetter
    public void setMinHealthy(int minHealthy) {
        this.minHealthy = minHealthy;
    }

    public String getWindow() {
        return window;
    }

    @DataBoundSetter
    public void setWindow(String window) {
        this.window = Util.fixEmptyAndTrim(window);
    }

    /** Folder in the workspace for {@code report.json}, {@code report.html} and {@code junit.xml}; null: none. */
    public String getReport() {
        return report;
    }

    @DataBoundSetter
    public void setReport(String report) {
        this.report = Util.fixEmptyAndTrim(report);
    }

    public String getOnFailure() {
        return onFailure;
    }

    /** @throws IllegalArgumentException when it is neither {@code fail} nor {@code unstable} */
    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        for (OnFailure one : OnFailure.values()) {
            if (one.word().equals(onFailure)) {
                this.onFailure = onFailure;
                return;
            }
        }
        throw new IllegalArgumentException(Messages.HaFailoverTestStep_badOnFailure(onFailure));
    }

    private DrillRequest request() {
        return new DrillRequest(
                scenario, node, maxOutage, maxLostConnections, hold, settle, interval, connections, minHealthy, window);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends FleetExecution<String> {
        private static final long serialVersionUID = 1;

        private final HaFailoverTestStep step;

        Execution(StepContext context, HaFailoverTestStep step) {
            super(context);
            this.step = step;
        }

        @Override
        NodeCallable<String> callable(CancellationSignal stop) throws IOException, InterruptedException {
            return new DrillCallable(step.setting(getContext(), stop), step.request(), step.reportFolder(getContext()));
        }

        @Override
        Object conclude(String json) throws IOException, InterruptedException {
            FailoverResult result = DrillsAction.of(getContext().get(Run.class)).add(json);
            if (!result.isPassed()) {
                complain(result);
            }
            return result;
        }

        private void complain(FailoverResult result) throws IOException, InterruptedException {
            String sentence = Messages.HaFailoverTestStep_notPassed(result.getRefusal());
            if (!step.onFailure.equals(OnFailure.UNSTABLE.word())) {
                throw new AbortException(sentence);
            }
            getContext().get(TaskListener.class).getLogger().println(sentence);
            getContext()
                    .get(FlowNode.class)
                    .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(sentence));
            getContext().get(Run.class).setResult(Result.UNSTABLE);
        }

        @Override
        String recoveryNote() {
            return Messages.HaFailoverTestStep_recoveryNote();
        }

        @Override
        public String getStatus() {
            return Messages.HaFailoverTestStep_status(step.scenario, step.getCluster());
        }
    }

    private String reportFolder(StepContext context) throws IOException, InterruptedException {
        return report == null
                ? null
                : context.get(hudson.FilePath.class).child(report).getRemote();
    }

    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "haFailoverTest";
        }

        @Override
        public String getDisplayName() {
            return Messages.HaFailoverTestStep_displayName();
        }

        public String getMaxOutage() {
            return DrillRequest.MAX_OUTAGE;
        }

        public String getHold() {
            return DrillRequest.HOLD;
        }

        public String getSettle() {
            return DrillRequest.SETTLE;
        }

        public String getInterval() {
            return DrillRequest.INTERVAL;
        }

        public int getConnections() {
            return DrillRequest.CONNECTIONS;
        }

        public int getMinHealthy() {
            return DrillRequest.MIN_HEALTHY;
        }

        @POST
        public ListBoxModel doFillScenarioItems(@AncestorInPath Item item) {
            checkConfigure(item);
            ListBoxModel model = new ListBoxModel();
            for (Scenario scenario : Scenario.values()) {
                model.add(scenario.word() + ": " + scenario.description(), scenario.word());
            }
            model.add(Messages.HaFailoverTestStep_allScenarios(), DrillRequest.ALL);
            return model;
        }

        @POST
        public ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
            checkConfigure(item);
            ListBoxModel model = new ListBoxModel();
            model.add(Messages.HaFailoverTestStep_fail(), OnFailure.FAIL.word());
            model.add(Messages.HaFailoverTestStep_unstable(), OnFailure.UNSTABLE.word());
            return model;
        }

        @POST
        public FormValidation doCheckWindow(@AncestorInPath Item item, @QueryParameter String value) {
            checkConfigure(item);
            try {
                Optional.ofNullable(Util.fixEmptyAndTrim(value)).ifPresent(TimeWindow::parse);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public FormValidation doCheckMaxOutage(@AncestorInPath Item item, @QueryParameter String value) {
            return time(item, value);
        }

        @POST
        public FormValidation doCheckHold(@AncestorInPath Item item, @QueryParameter String value) {
            return time(item, value);
        }

        @POST
        public FormValidation doCheckSettle(@AncestorInPath Item item, @QueryParameter String value) {
            return time(item, value);
        }

        @POST
        public FormValidation doCheckInterval(@AncestorInPath Item item, @QueryParameter String value) {
            return time(item, value);
        }
    }
}
