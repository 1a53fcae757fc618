package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Times;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.FleetContext;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.result.WaitResult;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code haWaitForVip 'cluster.yaml'}: waits until the cluster is steady and answers through its virtual addresses. */
public final class HaWaitForVipStep extends ClusterStep {
    private static final long serialVersionUID = 1;

    private String stable = DescriptorImpl.STABLE;
    private String timeout = DescriptorImpl.TIMEOUT;

    @DataBoundConstructor
    public HaWaitForVipStep(String cluster) {
        super(cluster);
    }

    public String getStable() {
        return stable;
    }

    @DataBoundSetter
    public void setStable(String stable) {
        this.stable = Util.fixNull(stable).strip();
    }

    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixNull(timeout).strip();
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        try {
            return new Execution(context, this, Times.parse(stable), Times.parse(timeout));
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** When it begins anew it has what is left of its time. */
    private static final class Execution extends FleetExecution<WaitResult> {
        private static final long serialVersionUID = 1;

        private final HaWaitForVipStep step;
        private final Duration stable;
        private final Duration timeout;
        private final long startedAt = System.currentTimeMillis();

        Execution(StepContext context, HaWaitForVipStep step, Duration stable, Duration timeout) {
            super(context, step);
            this.step = step;
            this.stable = stable;
            this.timeout = timeout;
        }

        @Override
        NodeCallable<WaitResult> callable(CancellationSignal stop) throws IOException, InterruptedException {
            long waited = System.currentTimeMillis() - startedAt;
            return new Wait(setting(stop), stable, timeout, isRetry() ? waited : 0);
        }

        @Override
        Object conclude(WaitResult result) {
            return result;
        }

        @Override
        String recoveryNote() {
            return Messages.HaWaitForVipStep_recoveryNote();
        }

        @Override
        boolean isReadOnly() {
            return true;
        }

        @Override
        public String getStatus() {
            return Messages.HaWaitForVipStep_status(step.getCluster());
        }
    }

    private static final class Wait extends NodeCallable<WaitResult> {
        private static final long serialVersionUID = 1;

        /** A controller, or a node, that was away for longer than the time-out must not fail what is steady. */
        private static final Duration MIN_REMAINING = Duration.ofSeconds(10);

        private final Duration stable;
        private final Duration timeout;
        private final long waitedMillis;

        /** @param waitedMillis before it began anew */
        Wait(Setting setting, Duration stable, Duration timeout, long waitedMillis) {
            super(setting);
            this.stable = stable;
            this.timeout = timeout;
            this.waitedMillis = waitedMillis;
        }

        @Override
        protected WaitResult work(FleetContext fleet) throws FleetException {
            long began = System.nanoTime();
            Duration left = timeout.minusMillis(waitedMillis);
            Duration least = waitedMillis == 0 ? Duration.ZERO : stable.plus(MIN_REMAINING);
            View view = new SteadyStateWaiter(fleet.file(), fleet.nodes(), fleet.progress(), Stage.NOW, fleet.feed())
                    .await(stable, left.compareTo(least) < 0 ? least : left);
            Map<String, String> holders = new LinkedHashMap<>();
            fleet.file().cluster().virtualRouters().forEach(router -> {
                String holder = view.holder(router.name()).orElse("");
                holders.put(router.name(), holder);
                fleet.progress()
                        .say(router.name() + " is held by " + holder + ", steady for " + HumanUnits.exact(stable));
            });
            return new WaitResult(
                    fleet.file().cluster().name(), holders, waitedMillis + (System.nanoTime() - began) / 1_000_000);
        }
    }

    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        private static final String STABLE = "3s";
        private static final String TIMEOUT = "60s";

        public String getStable() {
            return STABLE;
        }

        public String getTimeout() {
            return TIMEOUT;
        }

        @Override
        public String getFunctionName() {
            return "haWaitForVip";
        }

        @Override
        public String getDisplayName() {
            return Messages.HaWaitForVipStep_displayName();
        }

        @POST
        public FormValidation doCheckStable(@AncestorInPath Item item, @QueryParameter String value) {
            return time(item, value);
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return time(item, value);
        }
    }
}
