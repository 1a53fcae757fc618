package io.jenkins.plugins.baton.lab;

import java.util.List;
import java.util.Map;

/** The real haproxy of Debian, balancing over the backends as the guides set it up, with HTTPS checks. */
public final class Haproxy {
    private static final String CONFIGURATION = """
            global
                maxconn 8000
            defaults
                mode tcp
                timeout connect 5s
                timeout client 1h
                timeout server 1h
            frontend kube-apiserver
                bind *:%d
                default_backend nodes
            backend nodes
                balance roundrobin
                option httpchk GET /readyz
                default-server check check-ssl verify none inter 2s fall 2 rise 2
            """;

    private Haproxy() {}

    /** Starts haproxy on the host in front of the backends of all nodes, and waits until it listens. */
    public static Daemon start(Host host, List<Host> nodes) {
        StringBuilder text = new StringBuilder(CONFIGURATION.formatted(AddressPlan.FRONTEND_PORT));
        for (Host node : nodes) {
            text.append("    server %s %s:%d%n".formatted(node, node.ipv4(), AddressPlan.BACKEND_PORT));
        }
        String file = host.write("haproxy.cfg", text.toString()).toString();
        return host.start("haproxy", List.of("haproxy", "-db", "-f", file), Map.of())
                .awaitPort(host, AddressPlan.FRONTEND_PORT);
    }
}
