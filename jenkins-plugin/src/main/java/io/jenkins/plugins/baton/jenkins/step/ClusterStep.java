package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.ClusterSource;
import io.jenkins.plugins.baton.jenkins.node.Login;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.record.StepFeed;
import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;
import io.jenkins.plugins.baton.jenkins.settings.NodeCredentials;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps say: which cluster, and how to log in to its nodes. */
public abstract class ClusterStep extends Step implements Serializable {
    private static final long serialVersionUID = 1;

    private final String cluster;
    private String credentialsId;
    private String knownHosts;
    private boolean acceptNewHostKeys;
    private boolean trustClusterFile;

    /** @param cluster path of a cluster file in the workspace, or the name of a cluster in Jenkins' configuration */
    protected ClusterStep(String cluster) {
        this.cluster = Util.fixNull(cluster).strip();
    }

    public final String getCluster() {
        return cluster;
    }

    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Path of a known_hosts file in the workspace; null: as the named cluster or the cluster file says. */
    public final String getKnownHosts() {
        return knownHosts;
    }

    @DataBoundSetter
    public final void setKnownHosts(String knownHosts) {
        this.knownHosts = Util.fixEmptyAndTrim(knownHosts);
    }

    public final boolean isAcceptNewHostKeys() {
        return acceptNewHostKeys;
    }

    @DataBoundSetter
    public final void setAcceptNewHostKeys(boolean acceptNewHostKeys) {
        this.acceptNewHostKeys = acceptNewHostKeys;
    }

    /** Whether host keys that a cluster file in the workspace states are believed when the credential has a password. */
    public final boolean isTrustClusterFile() {
        return trustClusterFile;
    }

    @DataBoundSetter
    public final void setTrustClusterFile(boolean trustClusterFile) {
        this.trustClusterFile = trustClusterFile;
    }

    private Optional<NamedCluster> named(Item job) throws AbortException {
        Optional<NamedCluster> named = BatonClusters.get().named(cluster);
        if (named.isPresent() && !named.get().isFor(job)) {
            throw new AbortException(Messages.ClusterStep_otherFolders(cluster, job.getFullName()));
        }
        return named;
    }

    /**
     * Looks up the cluster and the credential as this build may.
     *
     * @param feed takes what is to be shown on the page of the build
     */
    final NodeCallable.Setting setting(StepContext context, CancellationSignal stop, StepFeed feed)
            throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        Optional<NamedCluster> named = named(context.get(Run.class).getParent());
        ClusterSource source = named.map(c -> ClusterSource.named(c.getName(), c.getText()))
                .orElseGet(() -> ClusterSource.file(workspace.getRemote(), cluster));
        String id = credentialsId != null
                ? credentialsId
                : named.map(NamedCluster::getCredentialsId).orElse(null);
        Login.HostKeys hostKeys = new Login.HostKeys(
                knownHosts == null ? null : workspace.child(knownHosts).getRemote(),
                named.map(NamedCluster::getHostKeys).orElse(null),
                acceptNewHostKeys,
                trustClusterFile);
        Login login = new Login(
                id == null ? null : NodeCredentials.find(context.get(Run.class), id),
                hostKeys,
                context.get(EnvVars.class).get("SSH_AUTH_SOCK"));
        return new NodeCallable.Setting(
                source, login, context.get(TaskListener.class), stop, feed, BuildName.of(context.get(Run.class)));
    }
}
