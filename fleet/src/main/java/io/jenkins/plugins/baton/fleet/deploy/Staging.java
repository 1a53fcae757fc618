package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What waits on the nodes for their turns. */
final class Staging {
    private final DeploymentTask task;
    private final Map<String, Change> changes;

    Staging(DeploymentTask task, List<Change> changes) {
        this.task = task;
        this.changes = changes.stream().collect(Collectors.toMap(Change::node, Function.identity()));
    }

    /** Everything that can fail without any effect: upload, unpack, check of the file by the release itself. */
    void prepare() throws FleetException {
        task.nodes().each(connection -> {
            Change change = changes.get(connection.name());
            if (change != null) {
                change.prepare(connection, task.release(), task.file(), task.progress());
            }
            return connection;
        });
    }

    /** What waited for a turn that never came goes again: it must not surprise the next deployment, nor stay on a bare host. */
    void forgetUnused(List<String> changed) {
        try {
            task.nodes().each(connection -> {
                Change change = changes.get(connection.name());
                boolean unused = change != null && !changed.contains(connection.name());
                String secret = unused && change.first()
                        ? task.cluster().secret().map(Path::toString).orElse("")
                        : "";
                return connection.run(Script.of(
                        Staging.class,
                        "forget.sh",
                        List.of(task.release().id(), unused && change.upload() ? "yes" : "no", secret)));
            });
        } catch (FleetException e) {
            task.progress().say("what waited on a node could not be removed: " + e.getMessage());
        }
    }
}
