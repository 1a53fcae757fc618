package io.jenkins.plugins.baton.lab;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The text of a cluster file. What it does not say has its default. */
public final class ClusterText {
    private final StringBuilder text = new StringBuilder("cluster: lab\nnodes:\n");
    private boolean hasFrontends;

    private ClusterText(List<Host> nodes, Function<Host, String> address) {
        for (Host node : nodes) {
            text.append("  - {name: %s, address: \"%s\", linkLocal: \"%s\", priority: %d}%n"
                    .formatted(node, address.apply(node), node.linkLocal(), 110 - 10 * nodes.indexOf(node)));
        }
    }

    /** @param nodes in falling order of priority: 110, 100, 90 ... */
    public static ClusterText of(List<Host> nodes) {
        return new ClusterText(nodes, Host::ipv4);
    }

    public static ClusterText overIpv6(List<Host> nodes) {
        return new ClusterText(nodes, Host::ipv6);
    }

    /**
     * Adds the virtual router.
     *
     * @param address the VIP with its prefix length
     * @param options further keys, as in {@code advertisementInterval: 100ms}
     */
    public ClusterText router(String address, String options) {
        text.append(
                "virtualRouters:\n  - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [\"%s\"], %s}%n"
                        .formatted(address, options));
        return this;
    }

    /**
     * Adds a frontend.
     *
     * @param options further keys, as in {@code plane: kernel, backends: [...]}
     */
    public ClusterText frontend(String name, String bind, String options) {
        text.append(hasFrontends ? "" : "frontends:\n")
                .append("  - {name: %s, bind: \"%s\", %s}%n".formatted(name, bind, options));
        hasFrontends = true;
        return this;
    }

    /** Adds anything else. */
    public ClusterText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Backends for the options of a frontend, named like their hosts. */
    public static String servers(List<Host> hosts, Function<Host, String> address, int port) {
        return hosts.stream()
                .map(host -> "{name: %s, address: \"%s\"}".formatted(host, endpoint(address.apply(host), port)))
                .collect(Collectors.joining(", ", "backends: [", "]"));
    }

    /** An address and a port, as files and URLs have them. */
    public static String endpoint(String address, int port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
