package io.jenkins.plugins.baton.fleet.deploy.keys;

import io.jenkins.plugins.baton.fleet.FleetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a group comes to its keys without an outage: whatever one node signs with, all others accept already. Every agent
 * reads a step's file before the next step begins. Pure.
 *
 * @param first what each node gets before its agent uses this cluster file
 * @param later what all nodes get then, one step after the other
 */
record KeySteps(Map<String, KeyFile> first, List<KeyFile> later) {
    KeySteps {
        first = Map.copyOf(first);
        later = List.copyOf(later);
    }

    /**
     * @param present what each node has; a node without a file is there with an empty one
     * @param unsigned nodes whose agents run without a key
     * @param rotate whether there is to be a new key
     * @param newKey used when there is to be one, or there is none
     * @throws FleetException REFUSED when nodes have different keys and there is to be no new one
     */
    static KeySteps of(Map<String, KeyFile> present, Set<String> unsigned, boolean rotate, String newKey)
            throws FleetException {
        Set<List<String>> contents = new LinkedHashSet<>();
        present.values().stream().filter(file -> !file.isEmpty()).forEach(file -> contents.add(file.keys()));
        if (contents.size() > 1 && !rotate) {
            throw FleetException.refused(
                    List.of("the nodes have different keys, perhaps since a rotation was interrupted; "
                            + "`baton deploy --rotate-secret` gives all of them a new one without an outage"));
        }
        if (contents.isEmpty() && unsigned.isEmpty()) {
            return same(present.keySet(), KeyFile.of(newKey), List.of());
        }
        KeyFile common = contents.isEmpty()
                ? new KeyFile(List.of())
                : new KeyFile(contents.iterator().next());
        KeyFile target = rotate || common.signed().isEmpty() ? KeyFile.of(newKey) : common.signed();
        boolean mixed = !unsigned.isEmpty() || common.takesUnsigned();
        if (!rotate && !mixed) {
            return same(present.keySet(), common, List.of());
        }
        KeyFile all = new KeyFile(List.of());
        for (List<String> keys : contents) {
            all = KeyFile.joined(all, new KeyFile(keys));
        }
        if (mixed) {
            all = KeyFile.joined(all, KeyFile.of(KeyFile.UNSIGNED));
        }
        Map<String, KeyFile> first = new LinkedHashMap<>();
        for (Map.Entry<String, KeyFile> node : present.entrySet()) {
            KeyFile own = unsigned.contains(node.getKey())
                    ? KeyFile.of(KeyFile.UNSIGNED)
                    : node.getValue().isEmpty() ? common : node.getValue();
            first.put(node.getKey(), KeyFile.joined(KeyFile.joined(own, all), target));
        }
        List<KeyFile> later = new ArrayList<>();
        later.add(KeyFile.joined(target, all));
        later.add(target);
        return new KeySteps(first, later);
    }

    private static KeySteps same(Set<String> nodes, KeyFile file, List<KeyFile> later) {
        Map<String, KeyFile> first = new LinkedHashMap<>();
        nodes.forEach(node -> first.put(node, file));
        return new KeySteps(first, later);
    }
}
