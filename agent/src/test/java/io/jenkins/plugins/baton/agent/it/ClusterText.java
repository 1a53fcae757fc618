package io.jenkins.plugins.baton.agent.it;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Cluster files of the tests. */
final class ClusterText {
    /** Slower than the default: a busy machine that stands still for a moment must not decide a test. */
    private static final String UNHURRIED = "advertisementInterval: 1s";

    private final StringBuilder text = new StringBuilder("cluster: lab\nnodes:\n");

    /** @param nodes in falling order of priority: 110, 100, 90 ... */
    private ClusterText(List<Host> nodes, Function<Host, String> address) {
        for (int i = 0; i < nodes.size(); i++) {
            Host node = nodes.get(i);
            text.append("  - {name: %s, address: \"%s\", linkLocal: \"%s\", priority: %d}%n"
                    .formatted(node, address.apply(node), node.linkLocal(), 110 - 10 * i));
        }
    }

    static ClusterText of(List<Host> nodes) {
        return new ClusterText(nodes, Host::ipv4);
    }

    static ClusterText overIpv6(List<Host> nodes) {
        return new ClusterText(nodes, Host::ipv6);
    }

    static ClusterText of(Host... nodes) {
        return of(List.of(nodes));
    }

    ClusterText router() {
        return router(UNHURRIED);
    }

    /** @param options further keys of the virtual router, for example {@code version: 2} */
    ClusterText router(String options) {
        return router(AddressPlan.VIP + "/32", options);
    }

    ClusterText router(String address, String options) {
        text.append(
                "virtualRouters:\n  - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [\"%s\"], %s}%n"
                        .formatted(address, options));
        return this;
    }

    /** The frontend of most tests, with a backend on every node. */
    ClusterText frontend() {
        return frontend("auto");
    }

    ClusterText frontend(String plane) {
        text.append("""
                frontends:
                  - name: kube-apiserver
                    bind: "%s:%d"
                    plane: %s
                    check: {type: https, path: /readyz, interval: 1s}
                    backends: {port: %d}
                """.formatted(AddressPlan.VIP, AddressPlan.FRONTEND_PORT, plane, AddressPlan.BACKEND_PORT));
        return this;
    }

    ClusterText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Writes the file into the lab's folder. */
    Path write(AgentLab lab) {
        return lab.lab().client().write("cluster.yaml", text.toString());
    }

    /** The same with one text in the place of another. */
    Path write(AgentLab lab, String replaced, String by) {
        return lab.lab().client().write("cluster.yaml", text.toString().replace(replaced, by));
    }
}
