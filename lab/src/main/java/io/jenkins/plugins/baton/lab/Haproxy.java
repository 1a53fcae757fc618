package io.jenkins.plugins.baton.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real haproxy of Debian, balancing over the backends as the guides set it up, with HTTPS checks. */
public final class Haproxy {
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

    private Haproxy() {}

    /** Starts haproxy on the host in front of the backends of all nodes, and waits until it listens. */
    public static Daemon start(Host host, List<Host> nodes) {
        return start(host, nodes, 1, "verify none");
    }

    /**
     * The same with checks that verify the backends' certificates, as those of an agent that knows the authority.
     *
     * @param frontends how many, each with a port of the backends for itself
     */
    public static Daemon verifying(Host host, List<Host> backends, int frontends) {
        Path authority = host.certificates().authority();
        return start(host, backends, frontends, "verify required ca-file " + authority + " verifyhost " + Backend.NAME);
    }

    private static Daemon start(Host host, List<Host> backends, int frontends, String verification) {
        StringBuilder text = new StringBuilder(DEFAULTS);
        for (int i = 0; i < frontends; i++) {
            text.append(FRONTEND.formatted(AddressPlan.FRONTEND_PORT + i, verification));
            for (Host backend : backends) {
                text.append("    server %s %s:%d%n".formatted(backend, backend.ipv4(), AddressPlan.BACKEND_PORT + i));
            }
        }
        String file = host.write("haproxy.cfg", text.toString()).toString();
        return host.start("haproxy", List.of("haproxy", "-db", "-f", file), Map.of())
                .awaitPort(host, AddressPlan.FRONTEND_PORT);
    }
}
