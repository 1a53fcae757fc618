package io.jenkins.plugins.baton.lab.bench.idle;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Host;
import java.util.List;
import java.util.stream.Collectors;

/** The cluster file of the idle agents: the interval of adverts and of checks is the default, 100 ms and 2 s. */
final class IdleConfiguration {
    private IdleConfiguration() {}

    static String text(List<Host> nodes, List<Host> backends, int frontends) {
        StringBuilder text = new StringBuilder("cluster: idle\nnodes:\n");
        for (Host node : nodes) {
            text.append("  - {name: %s, address: %s, priority: %d}%n"
                    .formatted(node, node.ipv4(), 110 - 10 * nodes.indexOf(node)));
        }
        text.append("""
                virtualRouters:
                  - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [%s/32]}
                frontends:
                """.formatted(AddressPlan.VIP));
        for (int i = 0; i < frontends; i++) {
            text.append("""
                      - name: frontend-%d
                        bind: "%s:%d"
                        plane: kernel
                        check: {type: https, path: /readyz, ca: %s}
                        backends: [%s]
                    """.formatted(
                            i,
                            AddressPlan.VIP,
                            AddressPlan.FRONTEND_PORT + i,
                            nodes.get(0).certificates().authority(),
                            servers(backends, AddressPlan.BACKEND_PORT + i)));
        }
        return text.toString();
    }

    private static String servers(List<Host> backends, int port) {
        return backends.stream()
                .map(host -> "\"" + host.ipv4() + ":" + port + "\"")
                .collect(Collectors.joining(", "));
    }
}
