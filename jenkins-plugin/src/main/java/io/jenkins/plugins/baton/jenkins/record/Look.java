package io.jenkins.plugins.baton.jenkins.record;

import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All nodes at one moment of a step.
 *
 * @param stage when it was, in the course of the step
 * @param at ms since 1970, by the controller's clock
 * @param router the first virtual router's name; empty when there is none
 * @param names of all nodes, in the file's order
 * @param nodes what those that answered said, by name
 * @param unanswered why the others did not answer, by name
 * @param missing for a steady cluster, a sentence each
 * @param warnings a sentence each
 */
public record Look(
        Stage stage,
        long at,
        String router,
        List<String> names,
        Map<String, NodeStatus> nodes,
        Map<String, String> unanswered,
        List<String> missing,
        List<String> warnings) {
    /** From outside, anything may be left out. */
    public Look {
        stage = stage == null ? Stage.NOW : stage;
        router = router == null ? "" : router;
        names = names == null ? List.of() : List.copyOf(names);
        nodes = nodes == null ? Map.of() : new LinkedHashMap<>(nodes);
        unanswered = unanswered == null ? Map.of() : new LinkedHashMap<>(unanswered);
        nodes.values().removeIf(Objects::isNull);
        missing = missing == null ? List.of() : List.copyOf(missing);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    public Look takenAt(long moment) {
        return new Look(stage, moment, router, names, nodes, unanswered, missing, warnings);
    }

    /** The one MASTER of the first virtual router; empty when there is none or more than one. */
    public String holder() {
        List<String> masters = names.stream()
                .filter(nodes::containsKey)
                .filter(name -> nodes.get(name)
                        .router(router)
                        .filter(RouterStatus::isMaster)
                        .isPresent())
                .toList();
        return masters.size() == 1 ? masters.get(0) : "";
    }
}
