package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NodeKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Key;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.util.List;

/** What must hold between the nodes. */
final class NodeRules {
    private NodeRules() {}

    static void check(Draft draft, Problems problems) {
        List<Entry> nodes = draft.nodes();
        Duplicates.refuse("name", given(nodes, NodeKeys.NAME), "give each node a name of its own", problems);
        Duplicates.refuse("address", given(nodes, NodeKeys.ADDRESS), "give each node its own address", problems);
        Duplicates.refuse("linkLocal", given(nodes, NodeKeys.LINK_LOCAL), "give each node its own address", problems);
        Duplicates.refuse(
                "priority",
                given(nodes, NodeKeys.PRIORITY),
                "of two nodes with equal priority nobody can say which becomes MASTER, so give each its own",
                problems);
        refuseSomePriorities(nodes, problems);
    }

    private static void refuseSomePriorities(List<Entry> nodes, Problems problems) {
        List<Entry> without =
                nodes.stream().filter(node -> !node.gives(NodeKeys.PRIORITY)).toList();
        if (without.size() < nodes.size()) {
            without.forEach(node -> problems.add(
                    node.mark(), "a node has no priority while others have; give every node one, or none"));
        }
    }

    static <T> List<Located<T>> given(List<Entry> entries, Key<T> key) {
        return entries.stream()
                .flatMap(entry -> entry.get(key).map(value -> new Located<>(entry.at(key), value)).stream())
                .toList();
    }
}
