package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.federation.Federation;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.connector.LoopbackConnector;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "jmx",
        description = {
            "Show the MBeans of all nodes in one JMX client, until Ctrl-C.",
            "Connects to all nodes over SSH and serves their beans at one address of this machine, for this user and root: "
                    + "baton:node=NODE,type=... for each node, and baton:type=Cluster. Operations go to the node, whose log "
                    + "names you."
        })
final class Jmx extends ClusterCommand {
    private static final Duration LOGIN_ALLOWANCE = Duration.ofSeconds(10);

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "TCP port of 127.0.0.1 to serve at. Default: a free one.")
    Integer port;

    @ArgGroup
    Client client = new Client();

    /** At most one of them. */
    static final class Client {
        @Option(names = "--jconsole", description = "Open JConsole on it, and end when it is closed.")
        boolean jconsole;

        @Option(names = "--visualvm", description = "Open VisualVM on it.")
        boolean visualvm;
    }

    @Override
    int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        if (port != null && (port < 1 || port > 65_535)) {
            throw FleetException.badInput("--port is a number from 1 to 65535, not " + port);
        }
        String operator = System.getProperty("user.name");
        try (Federation federation = Federation.open(file, nodes, operator, progress());
                LoopbackConnector connector = federation.serve(port == null ? 0 : port)) {
            progress().say("connecting to " + file.cluster().nodes().size() + " nodes");
            federation.awaitNodes(
                    Duration.ofSeconds(2L * accessOptions.connectSeconds).plus(LOGIN_ALLOWANCE));
            announce(connector, federation.view());
            work(connector);
            return 0;
        }
    }

    private void announce(LoopbackConnector connector, View view) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("url", connector.url());
            result.put("port", connector.port());
            result.put("nodes", view.nodes().keySet());
            result.put("unanswered", view.unanswered());
            out().println(Json.of(result));
        } else {
            out().println(view.nodes().size() + " of "
                    + (view.nodes().size() + view.unanswered().size()) + " nodes are connected");
            out().println(connector.url());
        }
        out().flush();
    }

    /** Serves until it is interrupted, or until JConsole is closed. */
    private void work(LoopbackConnector connector) throws FleetException {
        Optional<JmxTool> tool = client.jconsole
                ? Optional.of(JmxTool.JCONSOLE)
                : client.visualvm ? Optional.of(JmxTool.VISUALVM) : Optional.empty();
        Optional<RunningTool> started = tool.flatMap(wanted -> wanted.start(connector.url(), progress()));
        try {
            boolean closed = started.isPresent() && started.get().awaitClosed();
            if (!closed || !client.jconsole) {
                Thread.sleep(Long.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            started.ifPresent(RunningTool::close);
        }
    }
}
