package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.cluster.Node;
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
     */
    static Node find(ClusterFile file, Optional<String> name, Set<InetAddress> own) throws StartException {
        List<Node> nodes = file.cluster().nodes();
        if (name.isPresent()) {
            return file.cluster()
                    .node(name.get())
                    .orElseThrow(() -> StartException.badInput(file.problemAt(
                                    "there is no node '" + name.get() + "' here; --node takes one of " + names(nodes),
                                    "nodes")
                            .toString()));
        }
        List<Node> matches =
                nodes.stream().filter(node -> own.contains(node.address())).toList();
        if (matches.isEmpty()) {
            throw StartException.badInput(file.problemAt(
                            "none of these nodes has an address of this machine ("
                                    + own.stream().map(InetAddress::getHostAddress).sorted().collect(Collectors.joining(", "))
                                    + "); correct the addresses, or name the node with --node NAME",
                            "nodes")
                    .toString());
        }
        if (matches.size() > 1) {
            throw StartException.badInput(file.problemAt(
                            "this machine has the addresses of several nodes, " + names(matches)
                                    + "; name one with --node NAME",
                            "nodes")
                    .toString());
        }
        return matches.get(0);
    }

    private static String names(List<Node> nodes) {
        return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
    }
}
