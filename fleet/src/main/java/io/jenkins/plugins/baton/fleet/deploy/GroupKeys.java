package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.masters.Master;
import io.jenkins.plugins.baton.fleet.masters.Masters;
import io.jenkins.plugins.baton.fleet.masters.Script;
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
final class GroupKeys {
    private static final Duration RELOAD = Duration.ofSeconds(60);

    private final String path;
    private final Masters masters;
    private final Progress progress;
    private final Map<String, KeyFile> present;
    private final KeySteps steps;

    private GroupKeys(String path, Masters masters, Progress progress, Map<String, KeyFile> present, KeySteps steps) {
        this.path = path;
        this.masters = masters;
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
    static GroupKeys look(String path, Masters masters, Set<String> unsigned, boolean rotate, Progress progress)
            throws FleetException {
        Map<String, KeyFile> present = masters.each(master -> KeyFile.parse(master.require(
                "read the group's keys", Command.asRoot("cat " + Command.quote(path) + " 2> /dev/null || true"))));
        try {
            return new GroupKeys(
                    path, masters, progress, present, KeySteps.of(present, unsigned, rotate, KeyFile.randomKey()));
        } catch (IllegalStateException e) {
            throw FleetException.refused(List.of(e.getMessage()));
        }
    }

    /** Nodes whose agents run, and by a cluster file without keys. */
    static Set<String> unsigned(Map<String, Facts> facts, Map<String, Installed> installed) {
        return facts.entrySet().stream()
                .filter(node -> node.getValue().one("agent").equals("active"))
                .map(Map.Entry::getKey)
                .filter(node -> installed.get(node).cluster().flatMap(Cluster::secret).isEmpty())
                .collect(Collectors.toSet());
    }

    /** What is going to happen, a line for each node that it happens on. */
    Map<String, String> plan() {
        Map<String, String> lines = new LinkedHashMap<>();
        present.forEach((node, file) -> {
            if (!steps.later().isEmpty()) {
                lines.put(node, "gets a new group key in " + path + " in three steps: accepted, then used, then the only one");
            } else if (file.isEmpty()) {
                lines.put(node, "gets the group's key in " + path);
            }
        });
        return lines;
    }

    /** Before the agents' turns: every node has keys by which the others understand it. */
    void prepare() throws FleetException {
        masters.each(master -> {
            write(master, steps.first().get(master.name()));
            return master;
        });
    }

    /**
     * After them: the steps that are left, each on all nodes before the next.
     *
     * @param restarted nodes whose agents have read what {@link #prepare} wrote
     */
    void finish(List<String> restarted) throws FleetException {
        if (steps.later().isEmpty()) {
            return;
        }
        masters.each(master -> restarted.contains(master.name()) ? master : reload(master));
        for (KeyFile step : steps.later()) {
            masters.each(master -> {
                write(master, step);
                return reload(master);
            });
        }
        progress.say("all nodes use the new group key, and no other");
    }

    private void write(Master master, KeyFile file) throws SshException {
        if (!file.equals(present.get(master.name()))) {
            master.require("write the group's keys",
                    Script.of(GroupKeys.class, "secret.sh", List.of(path)).reading(file.text()));
            synchronized (present) {
                present.put(master.name(), file);
            }
        }
    }

    private static Master reload(Master master) throws SshException {
        master.require("have the agent read the group's keys", Script.of(GroupKeys.class, "reload.sh", List.of())
                .within(RELOAD));
        return master;
    }
}
