package io.jenkins.plugins.baton.fleet.deploy.keys;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Installed;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the group's keys to the nodes. A key goes by standard input alone: never into a command line, a log or a message.
 */
public final class GroupKeys {
    private static final Duration RELOAD = Duration.ofSeconds(60);

    private final String path;
    private final NodeConnections nodes;
    private final Progress progress;
    private final Map<String, KeyFile> present;
    private final KeySteps steps;

    private GroupKeys(
            String path, NodeConnections nodes, Progress progress, Map<String, KeyFile> present, KeySteps steps) {
        this.path = path;
        this.nodes = nodes;
        this.progress = progress;
        this.present = new LinkedHashMap<>(present);
        this.steps = steps;
    }

    /**
     * Looks what the nodes have; changes nothing.
     *
     * @param path the key file on each node
     * @param unsigned nodes whose agents run without a key
     * @throws FleetException REFUSED when the nodes have different keys
     */
    public static GroupKeys look(
            String path, NodeConnections nodes, Set<String> unsigned, boolean rotate, Progress progress)
            throws FleetException {
        Map<String, KeyFile> present = nodes.each(connection -> KeyFile.parse(connection.require(
                "read the group's keys", Command.asRoot("cat " + Command.quote(path) + " 2> /dev/null || true"))));
        return new GroupKeys(
                path, nodes, progress, present, KeySteps.of(present, unsigned, rotate, KeyFile.randomKey()));
    }

    /** Nodes whose agents run, and by a cluster file without keys. */
    public static Set<String> unsigned(Map<String, Facts> facts, Map<String, Installed> installed) {
        return facts.entrySet().stream()
                .filter(node -> node.getValue().one("agent").equals("active"))
                .map(Map.Entry::getKey)
                .filter(node ->
                        installed.get(node).cluster().flatMap(Cluster::secret).isEmpty())
                .collect(Collectors.toSet());
    }

    /** What is going to happen, a line for each node that it happens on. */
    public Map<String, String> plan() {
        Map<String, String> lines = new LinkedHashMap<>();
        present.forEach((node, file) -> {
            if (!steps.later().isEmpty()) {
                lines.put(
                        node,
                        "gets a new group key in " + path + " in three steps: accepted, then used, then the only one");
            } else if (file.isEmpty()) {
                lines.put(node, "gets the group's key in " + path);
            }
        });
        return lines;
    }

    /** Before the agents' turns: every node has keys by which the others understand it. */
    public void prepare() throws FleetException {
        nodes.each(connection -> {
            write(connection, steps.first().get(connection.name()));
            return connection;
        });
    }

    /**
     * After them: the steps that are left, each on all nodes before the next.
     *
     * @param restarted nodes whose agents have read what {@link #prepare} wrote
     */
    public void finish(List<String> restarted) throws FleetException {
        if (steps.later().isEmpty()) {
            return;
        }
        nodes.each(connection -> restarted.contains(connection.name()) ? connection : reload(connection));
        for (KeyFile step : steps.later()) {
            nodes.each(connection -> {
                write(connection, step);
                return reload(connection);
            });
        }
        progress.say("all nodes use the new group key, and no other");
    }

    private void write(NodeConnection connection, KeyFile file) throws SshException {
        if (!file.equals(present.get(connection.name()))) {
            connection.require(
                    "write the group's keys",
                    Script.of(GroupKeys.class, "secret.sh", List.of(path)).reading(file.text()));
            synchronized (present) {
                present.put(connection.name(), file);
            }
        }
    }

    private static NodeConnection reload(NodeConnection connection) throws SshException {
        connection.require(
                "have the agent read the group's keys",
                Script.of(GroupKeys.class, "reload.sh", List.of()).within(RELOAD));
        return connection;
    }
}
