package io.jenkins.plugins.baton.fleet.status;

import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All nodes at about one moment.
 *
 * @param nodes what each node that answered says, by its name, in the file's order
 * @param unanswered why the others did not answer, by name
 * @param unreached those of them whose host was not reached, or let nobody in
 * @param shutOut those of them where waiting cannot help
 */
public record View(
        Map<String, NodeStatus> nodes, Map<String, String> unanswered, Set<String> unreached, Set<String> shutOut) {
    public View {
        unreached = Set.copyOf(unreached);
        shutOut = Set.copyOf(shutOut);
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        unanswered = Collections.unmodifiableMap(new LinkedHashMap<>(unanswered));
    }

    /** One that tells nothing of why nodes did not answer but the sentences. */
    public View(Map<String, NodeStatus> nodes, Map<String, String> unanswered) {
        this(nodes, unanswered, Set.of(), Set.of());
    }

    /** Whether not even the host of one node could be asked. */
    public boolean reachedNobody() {
        return nodes.isEmpty() && unreached.containsAll(unanswered.keySet());
    }

    /** What keeps us out of nodes until a person changes it, in the file's order; mostly nothing. */
    public List<String> obstacles() {
        return unanswered.entrySet().stream()
                .filter(node -> shutOut.contains(node.getKey()))
                .map(Map.Entry::getValue)
                .toList();
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
