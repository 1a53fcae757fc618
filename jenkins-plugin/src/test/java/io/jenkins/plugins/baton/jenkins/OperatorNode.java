package io.jenkins.plugins.baton.jenkins;

import hudson.model.Computer;
import hudson.model.Node;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;

/** A Jenkins node at the operator's place on the lab's LAN: another process, in another network. */
final class OperatorNode {
    static final String LABEL = "operator";

    private OperatorNode() {}

    static Node add(JenkinsRule jenkins, SystemdLab lab, Path root) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = jenkins.jenkins.getJnlpJars("agent.jar").getURL().getPath();
        List<String> prefix = lab.operatorPrefix();
        SimpleCommandLauncher launcher =
                new SimpleCommandLauncher(String.join(" ", prefix) + " " + java + " -Xmx256m -jar " + jar);
        DumbSlave node = new DumbSlave(LABEL, root.toString(), launcher);
        node.setLabelString(LABEL);
        node.setRetentionStrategy(RetentionStrategy.NOOP);
        jenkins.jenkins.addNode(node);
        Computer computer = node.toComputer();
        computer.connect(false).get(120, TimeUnit.SECONDS);
        return node;
    }
}
