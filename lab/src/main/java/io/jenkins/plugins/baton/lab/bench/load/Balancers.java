package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.ClusterText;
import io.jenkins.plugins.baton.lab.Host;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration of the candidates: a frontend for requests over all backends, and one for streams. That one is not
 * checked: iperf3 serves one client at a time, and a check would be one.
 */
final class Balancers {
    static final int WEB_PORT = 8443;

    private static final String HAPROXY = """
            global
                maxconn 9500
                nbthread 2
                %s
            defaults
                mode tcp
                timeout connect 5s
                timeout client 1h
                timeout server 1h
            listen web
                bind *:%d
                balance roundrobin
            %s
            listen bulk
                bind *:%d
                server stream %s:%d
            """;

    private Balancers() {}

    /** @param global a line for the section global, or an empty one */
    static String haproxy(List<Host> backends, String global) {
        String servers = backends.stream()
                .map(host -> "    server " + host + " " + host.ipv4() + ":" + WebServer.WEB_PORT + " check")
                .collect(Collectors.joining("\n"));
        Host stream = backends.get(0);
        return HAPROXY.formatted(global, WEB_PORT, servers, WebServer.BULK_PORT, stream.ipv4(), WebServer.BULK_PORT);
    }

    /** A node that is no backend itself, as the haproxy beside it. It logs as much as that: nothing. */
    static String proxyPlane(Host node, List<Host> backends) {
        return """
                nodes: [{name: %1$s, address: %2$s, priority: 100}]
                frontends:
                  - {name: web, bind: "0.0.0.0:%3$d", plane: proxy, accessLog: "off", maxConnectionsPerSource: 0, check: {type: tcp}, backends: [%4$s]}
                  - {name: bulk, bind: "0.0.0.0:%5$d", plane: proxy, accessLog: "off", check: none, backends: [%6$s]}
                """.formatted(
                        node,
                        node.ipv4(),
                        WEB_PORT,
                        servers(backends, WebServer.WEB_PORT),
                        WebServer.BULK_PORT,
                        servers(backends.subList(0, 1), WebServer.BULK_PORT));
    }

    /** Nodes that are the backends; a client's streams all go to the same one, because iperf3 wants that. */
    static ClusterText kernelPlane(List<Host> nodes, String vip) {
        return ClusterText.of(nodes)
                .router(vip + "/32", "advertisementInterval: 100ms")
                .frontend(
                        "web",
                        ClusterText.endpoint(vip, WEB_PORT),
                        "plane: kernel, check: {type: tcp}, backends: {port: %d}".formatted(WebServer.WEB_PORT))
                .frontend(
                        "bulk",
                        ClusterText.endpoint(vip, WebServer.BULK_PORT),
                        "plane: kernel, balance: source, check: none, backends: {port: %d}"
                                .formatted(WebServer.BULK_PORT));
    }

    private static String servers(List<Host> hosts, int port) {
        return hosts.stream()
                .map(host -> "{name: " + host + ", address: \"" + host.ipv4() + ":" + port + "\"}")
                .collect(Collectors.joining(", "));
    }
}
