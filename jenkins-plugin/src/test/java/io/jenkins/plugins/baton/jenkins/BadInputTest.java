package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey.DirectEntryPrivateKeySource;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A mistake of the pipeline's author is answered by a sentence, and never by a stack trace. */
@WithJenkins
class BadInputTest {
    private JenkinsRule jenkins;

    @Test
    void everyMistakeIsASentenceInTheLog(JenkinsRule rule) throws Exception {
        jenkins = rule;
        assertThat(logOf("haWaitForVip 'missing.yaml'")).contains("missing.yaml:1:1: there is no such file");
        assertThat(logOf("writeFile file: 'c.yaml', text: 'cluster: x\\nnodez: []\\n'; haStatus 'c.yaml'"))
                .contains("c.yaml:2:1: ");
        assertThat(logOf(cluster() + "haStatus 'c.yaml'")).contains("there is nothing to log in to the nodes with");
        assertThat(logOf(cluster() + "haDeploy cluster: 'c.yaml', credentialsId: 'nobody'"))
                .contains("There is no credential nobody that mistakes may use");
        assertThat(logOf("haStatus 'prodd'")).contains("Jenkins' configuration has no cluster named prodd");
        assertThat(logOf("haStatus '/etc/passwd'"))
                .contains("the cluster file /etc/passwd is outside of the build's directory")
                .doesNotContain("root:");
        assertThat(logOf(cluster() + "sh 'ln -s /etc link'; haStatus 'link/passwd'"))
                .contains("the cluster file link/passwd is outside of the build's directory")
                .doesNotContain("root:");
    }

    /** Who changes the build's files must not choose a host, its key, and thereby who gets the password. */
    @Test
    void aPasswordDoesNotGoToAHostOfTheBuildsChoice(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "password", "", "root", "not-for-everybody"));
        String file = cluster().replace("ssh: {port: 1}", "ssh: {port: 1, knownHosts: theirs}");
        String note = "the host keys that the cluster file states do not count";
        assertThat(logOf(file + "haWaitForVip cluster: 'c.yaml', credentialsId: 'password', timeout: '1s'"))
                .contains(note);
        assertThat(logOf(file + "haWaitForVip cluster: 'c.yaml', credentialsId: 'password', timeout: '1s', "
                        + "trustClusterFile: true"))
                .doesNotContain(note);
    }

    /** A time-out of an hour would end the test first. */
    @Test
    void whatNoWaitingChangesEndsTheWaitAndNamesTheCredential(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new BasicSSHUserPrivateKey(
                        CredentialsScope.GLOBAL, "junk", "root", new DirectEntryPrivateKeySource("junk"), null, null));

        assertThat(logOf(cluster() + "haWaitForVip cluster: 'c.yaml', credentialsId: 'junk', timeout: '1h'"))
                .contains(
                        "ERROR: m1: cannot log in at 127.0.0.2:1: the private key of the credential junk cannot be used");
    }

    @Test
    void aClusterOfWhichNothingIsKnownIsNoSuccess(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "word", "", "root", "a-word-of-some-length"));

        assertThat(logOf(cluster() + "haStatus cluster: 'c.yaml', credentialsId: 'word'"))
                .contains("ERROR: no node could be reached, so that nothing is known of the cluster:")
                .contains("m1: cannot reach 127.0.0.2:1");
    }

    @Test
    void aConfigurationThatCannotBeIsRefusedWhole(JenkinsRule rule) {
        assertThat(refusal(new NamedCluster("../../evil", ClusterText.of("prod"))))
                .contains("'../../evil': A name consists of");
        assertThat(refusal(new NamedCluster("", ClusterText.of("prod")))).contains("'': A name consists of");
        assertThat(refusal(new NamedCluster("prod", "cluster: prod\nnodez: []\n")))
                .contains("prod:2:1: ");
        NamedCluster keys = new NamedCluster("prod", ClusterText.of("prod"));
        keys.setHostKeys("10.0.0.1 ssh-ed25519 AAAA");
        assertThat(refusal(keys)).contains("prod: These lines of the host keys");
        NamedCluster one = new NamedCluster("prod", ClusterText.of("prod"));
        assertThat(refusal(one, one)).contains("Two clusters are named prod");
        assertThat(BatonClusters.get().getClusters()).isEmpty();
    }

    @Test
    void aClusterOfSomeFoldersIsNotForOtherJobs(JenkinsRule rule) throws Exception {
        jenkins = rule;
        NamedCluster limited = new NamedCluster("limited", ClusterText.of("limited"));
        limited.setFolders("team\n/other/deeper/");
        BatonClusters.get().setClusters(List.of(limited));

        assertThat(logOf("haStatus 'limited'"))
                .contains(
                        "The cluster limited of Jenkins' configuration is limited to folders in which mistakes is not.");
        MockFolder team = jenkins.createFolder("team");
        WorkflowJob inside = team.createProject(WorkflowJob.class, "inside");
        inside.setDefinition(new CpsFlowDefinition("node { haWaitForVip cluster: 'limited', timeout: '1s' }", true));
        assertThat(JenkinsRule.getLog(jenkins.assertBuildStatus(Result.FAILURE, inside.scheduleBuild2(0))))
                .contains("there is nothing to log in to the nodes with");
        assertThat(limited.isFor(jenkins.createFolder("teams").createProject(WorkflowJob.class, "x")))
                .isFalse();
        MockFolder deeper = jenkins.createFolder("other").createProject(MockFolder.class, "deeper");
        assertThat(limited.isFor(deeper.createProject(WorkflowJob.class, "x"))).isTrue();
    }

    /** Nobody listens at port 1. */
    @Test
    void testingTheConnectionSaysOfEachNodeWhatWasFound(JenkinsRule rule) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .addAll(List.of(
                        new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "usable", "", "root", "word"),
                        new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "ours", "", "root", "word")));
        NamedCluster.DescriptorImpl form = rule.jenkins.getDescriptorByType(NamedCluster.DescriptorImpl.class);

        FormValidation refused = form.doTestConnection(ClusterText.of("prod"), "usable", "");
        assertThat(refused.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(refused.renderHtml()).contains("m1: ");
        assertThat(form.doTestConnection(ClusterText.of("prod"), "", "").getMessage())
                .contains("there is nothing to log in to the nodes with");
        assertThat(form.doTestConnection(ClusterText.of("prod"), "ours", "").getMessage())
                .contains("There is no credential ours");
        assertThat(form.doTestConnection("cluster: x\nnodez: 1\n", "usable", "").getMessage())
                .contains("cluster.yaml:2:1: ");
        assertThat(form.doFillCredentialsIdItems(""))
                .extracting(option -> option.value)
                .contains("usable")
                .doesNotContain("ours");
    }

    private static String refusal(NamedCluster... clusters) {
        return catchThrowableOfType(
                        IllegalArgumentException.class,
                        () -> BatonClusters.get().setClusters(List.of(clusters)))
                .getMessage();
    }

    /** There is no cluster file, so that only a step which has not come to its Jenkins node can say these. */
    @Test
    void aTypoFailsWhenTheStepStartsAndNotOnTheNode(JenkinsRule rule) throws Exception {
        jenkins = rule;
        assertThat(drill("scenario: 'earthquake'")).contains("there is no scenario 'earthquake'; there are handover, ");
        assertThat(drill("scenario: 'next', from: ['earthquake']")).contains("there is no scenario 'earthquake'");
        assertThat(drill("scenario: 'all', from: ['handover']"))
                .contains("only the scenario next is chosen from a list");
        assertThat(drill("scenario: 'handover', times: 0")).contains("the scenarios can be run 1 time or more, not 0");
        assertThat(drill("scenario: 'handover', hold: '8'")).contains("the time 8 is not a number with ms, s, m or h");
        assertThat(drill("scenario: 'handover', requests: 'often'")).contains("the time often is not a number");
        assertThat(drill("scenario: 'handover', window: 'at night'")).contains("the window at night is not like");
        assertThat(drill("scenario: 'handover', report: '../out'"))
                .contains("The folder of the report, ../out, is outside of the build's directory");
        assertThat(drill("scenario: 'handover', report: '/tmp/out'")).contains("is outside of the build's directory");
        assertThat(drill("scenario: 'handover', onFailure: 'shrug'"))
                .contains("onFailure must be 'fail' or 'unstable', not 'shrug'.");
        assertThat(logOf("haMaintenance(cluster: 'c.yaml', node: 'm1', atMost: '8d') { error 'the body ran' }"))
                .contains("the time 8d is not a number")
                .doesNotContain("the body ran");
        assertThat(logOf("haMaintenance(cluster: 'c.yaml', node: ' ') { error 'the body ran' }"))
                .contains("a maintenance needs the name of a node");
        assertThat(logOf("haWaitForVip cluster: 'c.yaml', timeout: 'soon'")).contains("the time soon is not a number");
    }

    private String drill(String parameters) throws Exception {
        String log = logOf("haFailoverTest cluster: 'c.yaml', " + parameters);
        assertThat(log).doesNotContain("\tat ");
        return log;
    }

    private static String cluster() {
        return "writeFile file: 'c.yaml', text: '''" + ClusterText.of("nowhere") + "'''; ";
    }

    private String logOf(String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItem("mistakes") instanceof WorkflowJob there
                ? there
                : jenkins.createProject(WorkflowJob.class, "mistakes");
        job.setDefinition(new CpsFlowDefinition("node { " + script + " }", true));
        WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        return JenkinsRule.getLog(build);
    }
}
