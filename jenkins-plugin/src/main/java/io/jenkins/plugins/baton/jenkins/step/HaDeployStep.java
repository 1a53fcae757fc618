package io.jenkins.plugins.baton.jenkins.step;

import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.Deployment;
import io.jenkins.plugins.baton.fleet.deploy.Options;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.FleetContext;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.node.OwnCode;
import io.jenkins.plugins.baton.jenkins.release.BundledRelease;
import io.jenkins.plugins.baton.jenkins.result.DeployResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code haDeploy 'cluster.yaml'}: brings all nodes to the plugin's release of the agent and to the cluster file. */
public final class HaDeployStep extends ClusterStep {
    private static final long serialVersionUID = 1;

    private String release;
    private boolean replaceKeepalived;
    private boolean rotateSecret;
    private boolean plan;

    @DataBoundConstructor
    public HaDeployStep(String cluster) {
        super(cluster);
    }

    /** Path of another agent release in the workspace; null: the one that the plugin carries. */
    public String getRelease() {
        return release;
    }

    @DataBoundSetter
    public void setRelease(String release) {
        this.release = Util.fixEmptyAndTrim(release);
    }

    public boolean isReplaceKeepalived() {
        return replaceKeepalived;
    }

    @DataBoundSetter
    public void setReplaceKeepalived(boolean replaceKeepalived) {
        this.replaceKeepalived = replaceKeepalived;
    }

    public boolean isRotateSecret() {
        return rotateSecret;
    }

    @DataBoundSetter
    public void setRotateSecret(boolean rotateSecret) {
        this.rotateSecret = rotateSecret;
    }

    /** Whether to say what would change, and change nothing. */
    public boolean isPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(boolean plan) {
        this.plan = plan;
    }

    private Options options() {
        return new Options(replaceKeepalived, rotateSecret, plan);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends FleetExecution<DeployResult> {
        private static final long serialVersionUID = 1;

        private final HaDeployStep step;

        Execution(StepContext context, HaDeployStep step) {
            super(context, step);
            this.step = step;
        }

        @Override
        NodeCallable<DeployResult> callable(CancellationSignal stop) throws IOException, InterruptedException {
            FilePath workspace = getContext().get(FilePath.class);
            NodeCallable.Setting setting = setting(stop);
            if (step.plan) {
                results().update(number(), StepResult::planned);
            }
            String archive = step.release == null
                    ? BundledRelease.on(workspace)
                    : workspace.child(step.release).getRemote();
            return new Deploy(setting, archive, step.options());
        }

        @Override
        Object conclude(DeployResult result) throws IOException, InterruptedException {
            results().update(number(), step -> step.deployed(result.getRelease(), result.getChanged()));
            return result;
        }

        @Override
        String recoveryNote() {
            return Messages.HaDeployStep_recoveryNote();
        }
    }

    private static final class Deploy extends NodeCallable<DeployResult> {
        private static final long serialVersionUID = 1;

        private final String archive;
        private final Options options;

        Deploy(Setting setting, String archive, Options options) {
            super(setting, OwnCode.ofController());
            this.archive = archive;
            this.options = options;
        }

        @Override
        protected DeployResult work(FleetContext fleet) throws FleetException {
            Release release = Release.of(Path.of(archive));
            DeploymentViews views = new DeploymentViews(fleet);
            Deployment.Result result;
            try {
                result = new Deployment(fleet.file(), release, fleet.nodes(), options, fleet.progress(), views).run();
            } finally {
                views.lookAgain();
            }
            if (!result.changed().isEmpty()) {
                fleet.progress().say("deployed " + release.id() + " to " + String.join(", ", result.changed()));
            }
            return new DeployResult(
                    fleet.file().cluster().name(),
                    release.id(),
                    result.changed(),
                    result.warnings(),
                    result.plan().lines(),
                    options.planOnly());
        }
    }

    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "haDeploy";
        }

        @Override
        public String getDisplayName() {
            return Messages.HaDeployStep_displayName();
        }
    }
}
