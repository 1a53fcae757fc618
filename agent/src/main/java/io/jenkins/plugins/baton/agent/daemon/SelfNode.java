package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the cluster file's nodes this machine is. */
final class SelfNode {
    private SelfNode() {}

    /**
     * @param name the node that the operator named
     * @param own addresses of this machine's interfaces
     * @return empty when none of the nodes has one of them yet
     */
    static Optional<Node> find(ClusterFile file, Optional<String> name, Set<InetAddress> own) throws StartException {
        List<Node> nodes = file.cluster().nodes();
        if (name.isPresent()) {
            return Optional.of(file.cluster()
                    .node(name.get())
                    .orElseThrow(() -> StartException.badInput(file.problemAt(
                                    "there is no node '" + name.get() + "' here; --node takes one of " + names(nodes),
                                    "nodes")
                            .toString())));
        }
        List<Node> matches =
                nodes.stream().filter(node -> own.contains(node.address())).toList();
        if (matches.size() > 1) {
            throw StartException.badInput(file.problemAt(
                            "this machine has the addresses of several nodes, " + names(matches)
                                    + "; name one with --node NAME",
                            "nodes")
                    .toString());
        }
        return matches.stream().findFirst();
    }

    /** Why it is not known which node this is. */
    static String unknown(ClusterFile file, Set<InetAddress> own) {
        String nodes = file.cluster().nodes().stream()
                .map(node -> node.name() + " " + IpLiteral.text(node.address()))
                .collect(Collectors.joining(", "));
        String addresses = own.stream().map(IpLiteral::text).sorted().collect(Collectors.joining(", "));
        return "this machine has " + (addresses.isEmpty() ? "no address" : addresses) + ", which none of the nodes in "
                + file.path() + " has (" + nodes + ")";
    }

    private static String names(List<Node> nodes) {
        return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
    }
}
