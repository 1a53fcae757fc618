package io.jenkins.plugins.baton.fleet.status;

import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All nodes at about one moment.
 *
 * @param nodes what each node that answered says, by its name, in the file's order
 * @param unanswered why the others did not answer, by name
 */
public record View(Map<String, NodeStatus> nodes, Map<String, String> unanswered) {
    public View {
        nodes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        unanswered = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(unanswered));
    }

    /** Names of the nodes that say they are MASTER of a virtual router. */
    public List<String> masters(String router) {
        return nodes.entrySet().stream()
                .filter(n -> n.getValue()
                        .router(router)
                        .filter(RouterStatus::isMaster)
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The one MASTER of a virtual router; empty when there is none or more than one. */
    public Optional<String> holder(String router) {
        List<String> masters = masters(router);
        return masters.size() == 1 ? Optional.of(masters.get(0)) : Optional.empty();
    }
}
