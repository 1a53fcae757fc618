package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceRequest;
import io.jenkins.plugins.baton.jenkins.Messages;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code haMaintenance(cluster: 'cluster.yaml', node: 'm2') { … }}: the node is out of service while the body runs. */
public final class HaMaintenanceStep extends ClusterStep {
    private static final long serialVersionUID = 1;

    private final String node;
    private String atMost = MaintenanceRequest.AT_MOST;
    private String timeout = MaintenanceRequest.TIMEOUT;
    private String drainTimeout = MaintenanceRequest.DRAIN_TIMEOUT;
    private int minHealthy = MaintenanceRequest.MIN_HEALTHY;
    private boolean probe;

    /** @param node the name of the node to take out of service */
    @DataBoundConstructor
    public HaMaintenanceStep(String cluster, String node) {
        super(cluster);
        this.node = Util.fixNull(node).strip();
    }

    public String getNode() {
        return node;
    }

    /** After which the nodes enable the node by themselves. */
    public String getAtMost() {
        return atMost;
    }

    @DataBoundSetter
    public void setAtMost(String atMost) {
        this.atMost = Util.fixNull(atMost).strip();
    }

    /** How long the node may take to be healthy after the body, and the cluster to be steady after that. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixNull(timeout).strip();
    }

    /** How long sessions of the node's backends may take to end. */
    public String getDrainTimeout() {
        return drainTimeout;
    }

    @DataBoundSetter
    public void setDrainTimeout(String drainTimeout) {
        this.drainTimeout = Util.fixNull(drainTimeout).strip();
    }

    public int getMinHealthy() {
        return minHealthy;
    }

    @DataBoundSetter
    public void setMinHealthy(int minHealthy) {
        this.minHealthy = minHealthy;
    }

    /** Whether a client measures meanwhile. */
    public boolean isProbe() {
        return probe;
    }

    @DataBoundSetter
    public void setProbe(boolean probe) {
        this.probe = probe;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        try {
            return new MaintenanceExecution(
                    context, this, new MaintenanceRequest(node, atMost, timeout, drainTimeout, minHealthy));
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        public String getAtMost() {
            return MaintenanceRequest.AT_MOST;
        }

        public String getTimeout() {
            return MaintenanceRequest.TIMEOUT;
        }

        public String getDrainTimeout() {
            return MaintenanceRequest.DRAIN_TIMEOUT;
        }

        public int getMinHealthy() {
            return MaintenanceRequest.MIN_HEALTHY;
        }

        @Override
        public String getFunctionName() {
            return "haMaintenance";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.HaMaintenanceStep_displayName();
        }

        @POST
        public FormValidation doCheckNode(@AncestorInPath Item item, @QueryParameter String value) {
            checkConfigure(item);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.HaMaintenanceStep_noNode())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckAtMost(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, value, MaintenanceRequest::checkAtMost, Messages.HaMaintenanceStep_badAtMost());
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return time(item, value);
        }

        @POST
        public FormValidation doCheckDrainTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return time(item, value);
        }

        @POST
        public FormValidation doCheckMinHealthy(@AncestorInPath Item item, @QueryParameter String value) {
            checkConfigure(item);
            return FormValidation.validateNonNegativeInteger(value);
        }
    }
}
