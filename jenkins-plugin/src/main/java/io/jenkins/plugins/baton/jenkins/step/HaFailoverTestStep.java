package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code haFailoverTest cluster: 'cluster.yaml', scenario: 'agent-kill'}: breaks something on purpose, measures what a
 * client notices, mends it.
 */
public final class HaFailoverTestStep extends ClusterStep {
    private static final long serialVersionUID = 1;

    private final String scenario;
    private ArrayList<String> from = new ArrayList<>();
    private int times = DrillRequest.TIMES;
    private String node;
    private String maxOutage = DrillRequest.Demands.MAX_OUTAGE;
    private Integer maxLostConnections;
    private String hold = DrillRequest.HOLD;
    private String settle = DrillRequest.Demands.SETTLE;
    private String interval = DrillRequest.Client.INTERVAL;
    private String requests;
    private int connections = DrillRequest.Client.CONNECTIONS;
    private int minHealthy = DrillRequest.Conditions.MIN_HEALTHY;
    private String window;
    private String report;
    private boolean junit = true;
    private String onFailure = OnFailure.FAIL.word();

    @DataBoundConstructor
    public HaFailoverTestStep(String cluster, String scenario) {
        super(cluster);
        this.scenario = Util.fixNull(scenario).strip();
    }

    public String getScenario() {
        return scenario;
    }

    /** The scenarios of which {@code next} is one; empty: all of them. */
    public List<String> getFrom() {
        return List.copyOf(from);
    }

    @DataBoundSetter
    public void setFrom(List<String> from) {
        this.from = new ArrayList<>(from == null ? List.of() : from);
    }

    /** The same in one field of a form. */
    public String fromWords() {
        return String.join(", ", from);
    }

    public int getTimes() {
        return times;
    }

    @DataBoundSetter
    public void setTimes(int times) {
        this.times = times;
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
        this.maxOutage = Util.fixNull(maxOutage).strip();
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
        this.hold = Util.fixNull(hold).strip();
    }

    public String getSettle() {
        return settle;
    }

    @DataBoundSetter
    public void setSettle(String settle) {
        this.settle = Util.fixNull(settle).strip();
    }

    public String getInterval() {
        return interval;
    }

    @DataBoundSetter
    public void setInterval(String interval) {
        this.interval = Util.fixNull(interval).strip();
    }

    public int getConnections() {
        return connections;
    }

    @DataBoundSetter
    public void setConnections(int connections) {
        this.connections = connections;
    }

    /** Between an answer and the next request on one kept connection; null: no requests. */
    public String getRequests() {
        return requests;
    }

    @DataBoundSetter
    public void setRequests(String requests) {
        this.requests = Util.fixEmptyAndTrim(requests);
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

    /** Whether the drills are test results of the build, where the JUnit plugin is installed; not with a {@code report}. */
    public boolean isJunit() {
        return junit;
    }

    @DataBoundSetter
    public void setJunit(boolean junit) {
        this.junit = junit;
    }

    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = onFailure;
    }

    /** @throws IllegalArgumentException with a sentence when a value makes no sense */
    DrillRequest request() {
        return new DrillRequest(
                scenario,
                from,
                times,
                node,
                hold,
                new DrillRequest.Demands(maxOutage, maxLostConnections, settle),
                new DrillRequest.Client(interval, connections, requests),
                new DrillRequest.Conditions(minHealthy, window));
    }

    /** A mistake ends the step here, before the Jenkins node has any part in it. */
    @Override
    public StepExecution start(StepContext context) throws AbortException {
        try {
            OnFailure wanted = OnFailure.of(onFailure);
            return new FailoverTestExecution(context, this, request(), wanted);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * On the Jenkins node; null: none.
     *
     * @throws AbortException when it is outside of the build's directory
     */
    String reportFolder(StepContext context) throws IOException, InterruptedException {
        return report == null ? null : BuildFiles.child(context.get(FilePath.class), report);
    }

    @Extension
    public static final class DescriptorImpl extends FailoverTestForm {
        @Override
        public String getFunctionName() {
            return "haFailoverTest";
        }

        @Override
        public String getDisplayName() {
            return Messages.HaFailoverTestStep_displayName();
        }
    }
}
