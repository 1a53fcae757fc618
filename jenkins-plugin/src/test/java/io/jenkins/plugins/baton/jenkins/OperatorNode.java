package io.jenkins.plugins.baton.jenkins;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey.DirectEntryPrivateKeySource;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Computer;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;

/**
 * A Jenkins node at the operator's place on the lab's LAN: another process, in another network. With it comes the
 * credential {@code nodes}.
 */
final class OperatorNode {
    static final String LABEL = "operator";

    private OperatorNode() {}

    static DumbSlave add(JenkinsRule jenkins, SystemdLab lab, Path root) throws Exception {
        addCredential(Files.readString(lab.identity()));
        return add(jenkins, String.join(" ", lab.operatorPrefix()), root.toString());
    }

    /** @param prefix of a command, by which it is at the operator's place */
    static DumbSlave add(JenkinsRule jenkins, String prefix, String root) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = jenkins.jenkins.getJnlpJars("agent.jar").getURL().getPath();
        SimpleCommandLauncher launcher = new SimpleCommandLauncher(prefix + " " + java + " -Xmx256m -jar " + jar);
        DumbSlave node = new DumbSlave(LABEL, root, launcher);
        node.setLabelString(LABEL + " linux");
        node.setRetentionStrategy(RetentionStrategy.NOOP);
        jenkins.jenkins.addNode(node);
        connect(node.toComputer());
        return node;
    }

    /** @param key by which root logs in to the nodes */
    static void addCredential(String key) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new BasicSSHUserPrivateKey(
                        CredentialsScope.GLOBAL, "nodes", "root", new DirectEntryPrivateKeySource(key), null, ""));
        SystemCredentialsProvider.getInstance().save();
    }

    /** A pipeline whose steps run there, with the lab's cluster file as {@code c.yaml}. */
    static WorkflowJob job(JenkinsRule jenkins, SystemdLab lab, String name, String steps) throws Exception {
        return job(jenkins, Files.readString(lab.clusterFile()), name, steps);
    }

    static WorkflowJob job(JenkinsRule jenkins, String cluster, String name, String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "node('" + LABEL + "') {\nwriteFile file: 'c.yaml', text: '''" + cluster + "'''\n" + steps + "\n}",
                true));
        return job;
    }

    static void connect(Computer computer) throws Exception {
        computer.connect(false).get(120, TimeUnit.SECONDS);
    }
}
