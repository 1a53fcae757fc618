package io.jenkins.plugins.baton.lab;

import java.util.List;
import java.util.Map;

/**
 * The real haproxy of Debian, balancing over the backends as the guides set it up, with HTTPS checks.
 *
 * @param frontends how many, each with a port of the backends for itself
 * @param verifying whether each check verifies the backend's certificate, its authority and its name; for that, checks do not
 *     resume earlier sessions, as they do by default
 */
public record Haproxy(int frontends, boolean verifying) {
    private static final String DEFAULTS = """
            global
                maxconn 8000
            defaults
                mode tcp
                timeout connect 5s
                timeout client 1h
                timeout server 1h
                option httpchk GET /readyz
                balance roundrobin
            """;
    private static final String FRONTEND = """
            listen kube-apiserver-%1$d
                bind *:%1$d
                default-server check check-ssl inter 2s fall 2 rise 2 %2$s
            """;

    /** One frontend over all nodes; their certificates are not looked at. */
    public static Haproxy ofTheGuide() {
        return new Haproxy(1, false);
    }

    /** Starts it on a host in front of the nodes' backends, and waits until it listens. */
    public Daemon start(Host host, List<Host> nodes) {
        String file = host.write("haproxy.cfg", text(host, nodes)).toString();
        return host.start("haproxy", List.of("haproxy", "-db", "-f", file), Map.of())
                .awaitPort(host, AddressPlan.FRONTEND_PORT);
    }

    private String text(Host host, List<Host> nodes) {
        String verification = verifying
                ? "verify required ca-file " + host.certificates().authority() + " verifyhost " + Backend.NAME
                        + " no-ssl-reuse"
                : "verify none";
        StringBuilder text = new StringBuilder(DEFAULTS);
        for (int i = 0; i < frontends; i++) {
            text.append(FRONTEND.formatted(AddressPlan.FRONTEND_PORT + i, verification));
            for (Host node : nodes) {
                text.append("    server %s %s:%d%n".formatted(node, node.ipv4(), AddressPlan.BACKEND_PORT + i));
            }
        }
        return text.toString();
    }
}
