package io.jenkins.plugins.baton.lab.soak;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.ClusterText;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.LabProgram;
import io.jenkins.plugins.baton.lab.Testbed;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Three nodes with an agent and an {@link EchoServer} each. */
final class SoakTestbed implements Testbed {
    static final int BACKEND_PORT = 7443;

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final AgentTestbed agents;
    private final Map<Host, Daemon> backends = new HashMap<>();

    /** All is well when this returns. */
    SoakTestbed(Agent agent, Variant variant) {
        agents = AgentTestbed.withServers(agent, variant, nodes -> clusterFile(nodes, variant), this::startBackend);
    }

    private static ClusterText clusterFile(List<Host> nodes, Variant variant) {
        return ClusterText.of(nodes)
                .router(variant.vip() + "/32", variant.advertisementInterval())
                .frontend(
                        "kube-apiserver",
                        variant.vip() + ":" + AddressPlan.FRONTEND_PORT,
                        "plane: %s, timeouts: {drain: 5m}, check: {type: tcp, interval: 1s}, backends: {port: %d}"
                                .formatted(variant.plane().word(), BACKEND_PORT));
    }

    AgentTestbed agents() {
        return agents;
    }

    void startBackend(Host node) {
        List<String> command = LabProgram.command(
                List.of("-XX:+UseSerialGC", "-Xmx256m"), EchoServer.class, Integer.toString(BACKEND_PORT), node.name());
        backends.put(node, node.start("echo", command, Map.of()).awaitPort(node, BACKEND_PORT));
    }

    void stopBackend(Host node) {
        backends.get(node).kill();
        backends.get(node).awaitEnd(START_TIMEOUT);
    }

    @Override
    public String logs() {
        return agents.logs();
    }

    @Override
    public void close() {
        agents.close();
    }
}
