package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.linux.host.ServiceManager;
import io.jenkins.plugins.baton.agent.maintenance.MaintenanceFile;
import io.jenkins.plugins.baton.agent.management.control.RunningAgent;
import io.jenkins.plugins.baton.agent.management.control.RuntimeDirectory;
import io.jenkins.plugins.baton.agent.management.jmx.AgentState;
import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.jmx.connector.LoopbackConnector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** An agent inside the test's JVM: frontends, checks and management, no virtual router, so that it needs no privileges. */
final class RunningComponents implements AutoCloseable {
    final int frontendPort = FreePort.next();
    final int jmxPort;
    final RuntimeDirectory runtime;
    final Path maintenance;
    private final List<ServerSocket> servers = new ArrayList<>();
    private final AgentComponents components;

    RunningComponents(Path folder) throws Exception {
        this(folder, FreePort.next());
    }

    RunningComponents(Path folder, int jmxPort) throws Exception {
        this.jmxPort = jmxPort;
        this.runtime = new RuntimeDirectory(folder);
        this.maintenance = folder.resolve("maintenance");
        ClusterFile file = file("b1", "b2");
        AgentState state = new AgentState("m1", "1.2.3", Instant.now(), file);
        this.components = AgentComponents.start(
                file.cluster(),
                self(file),
                GroupSecret.NONE,
                runtime,
                new MaintenanceFile(maintenance, Clock.systemUTC()),
                () -> state,
                cause -> {});
    }

    /** A cluster file with one frontend, {@code api}, and these backends, which are up. */
    ClusterFile file(String... backends) throws Exception {
        StringBuilder text = new StringBuilder(head()
                + "frontends:\n"
                + "  - name: api\n"
                + "    bind: \"127.0.0.1:" + frontendPort + "\"\n"
                + "    check: {type: tcp, interval: 1m}\n"
                + "    backends:\n");
        for (String backend : backends) {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            servers.add(server);
            String address = "\"127.0.0.1:" + server.getLocalPort() + "\"";
            text.append("      - {name: ")
                    .append(backend)
                    .append(", address: ")
                    .append(address)
                    .append("}\n");
        }
        return parse(text.toString());
    }

    ClusterFile fileWithoutFrontends() throws Exception {
        return parse(head());
    }

    private String head() {
        return "nodes: [{name: m1, address: 192.0.2.1, priority: 100}]\nmanagement: {jmxPort: " + jmxPort + "}\n";
    }

    private static ClusterFile parse(String text) throws ClusterFileException {
        return ClusterFile.parse(Path.of("test.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static Node self(ClusterFile file) {
        return file.cluster().node("m1").orElseThrow();
    }

    void reload(ClusterFile file) throws Exception {
        components.reload(file.cluster(), self(file), GroupSecret.NONE);
    }

    void periodicTasks() {
        components.periodicTasks(ServiceManager.fromEnvironment());
    }

    JMXConnector connect() throws Exception {
        return JMXConnectorFactory.connect(new JMXServiceURL(LoopbackConnector.url(jmxPort)));
    }

    RunningAgent find() throws Exception {
        return RunningAgent.find(runtime, Optional.empty());
    }

    @Override
    public void close() throws IOException {
        components.close();
        for (ServerSocket server : servers) {
            server.close();
        }
    }
}
