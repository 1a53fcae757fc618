package io.jenkins.plugins.baton.cluster.importer;

import static io.jenkins.plugins.baton.cluster.format.DurationType.written;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the cluster file, with a comment where each part came from. */
final class ClusterText {
    private final StringBuilder out = new StringBuilder();
    private final Findings findings;
    private final List<ImportedNode> nodes;
    private final List<ImportedRouter> routers;

    private ClusterText(List<ImportedNode> nodes, List<ImportedRouter> routers, Findings findings) {
        this.nodes = nodes;
        this.routers = routers;
        this.findings = findings;
    }

    static String of(
            List<String> sources,
            List<ImportedNode> nodes,
            List<ImportedRouter> routers,
            List<ImportedFrontend> frontends,
            List<ImportedCheck> checks,
            Findings findings) {
        ClusterText text = new ClusterText(nodes, routers, findings);
        text.line("# Imported from " + String.join(", ", sources) + ". The same file on every node.");
        text.line("cluster: kubernetes");
        text.nodes();
        text.line("virtualRouters:");
        routers.forEach(text::router);
        if (!frontends.isEmpty()) {
            text.line("frontends:");
            frontends.forEach(text::frontend);
        }
        if (!checks.isEmpty()) {
            text.line("checks:");
            checks.forEach(check -> text.line("  - " + check.yaml() + " # " + check.place()));
        }
        return text.out.toString();
    }

    private void line(String line) {
        out.append(line).append('\n');
    }

    private void nodes() {
        boolean linkLocal = routers.stream().anyMatch(router -> router.isIpv6() && !router.unicast());
        if (linkLocal) {
            findings.fillIn(
                    "nodes: IPv6 adverts come from link-local addresses; replace each linkLocal by the node's own");
        }
        line("nodes:");
        int number = 0;
        for (ImportedNode node : nodes) {
            number++;
            line("  - {name: " + Yaml.text(node.name())
                    + ", address: " + address(node.address())
                    + ", priority: " + node.priority()
                    + node.interfaceName()
                            .map(name -> ", interface: " + Yaml.text(name))
                            .orElse("")
                    + (linkLocal ? ", linkLocal: \"fe80::" + number + "\"" : "")
                    + "} # " + node.comment());
        }
    }

    private void router(ImportedRouter router) {
        line("  - name: " + Yaml.text(router.name()) + " # " + router.at().place());
        line("    virtualRouterId: " + router.virtualRouterId());
        line("    interface: " + Yaml.text(router.interfaceName()));
        line("    addresses: "
                + router.addresses().stream()
                        .map(cidr -> cidr.isIpv6() ? "\"" + cidr + "\"" : cidr.toString())
                        .collect(Collectors.joining(", ", "[", "]")));
        line("    version: " + router.version()
                + (router.version() == 2
                        ? " # as keepalived sends; version 3 and 100ms once it runs nowhere any more"
                        : ""));
        line("    advertisementInterval: " + written(router.advertisementInterval()));
        if (!router.preempt()) {
            line("    preempt: false");
        }
        if (!router.preemptDelay().isZero()) {
            line("    preemptDelay: " + written(router.preemptDelay()));
        }
        router.password()
                .ifPresent(password -> line("    authentication: {type: pass, password: " + quoted(password) + "}"));
        if (router.unicast()) {
            line("    unicast: true");
        }
        if (!router.track().isEmpty()) {
            line("    track: " + Yaml.list(router.track()));
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void frontend(ImportedFrontend frontend) {
        line("  - name: " + Yaml.text(frontend.name()) + " # " + frontend.at().place());
        bind(frontend);
        line("    balance: " + frontend.balance());
        line("    timeouts: {connect: " + written(frontend.connect()) + ", idle: " + written(frontend.idle()) + "}");
        line("    check: " + frontend.check());
        if (!frontend.proxyProtocol().equals("none")) {
            line("    proxyProtocol: " + frontend.proxyProtocol());
        }
        perNodePort(frontend)
                .ifPresentOrElse(
                        port -> line("    backends: {port: " + port + "} # one per node"), () -> backends(frontend));
    }

    /** A wildcard bind on a node whose server has the same port would be the frontend itself. */
    private void bind(ImportedFrontend frontend) {
        boolean clashes = frontend.servers().stream()
                .map(ServerLine::endpoint)
                .anyMatch(server -> server.port() == frontend.port()
                        && nodes.stream().anyMatch(node -> node.address().equals(server.address())));
        if (frontend.address().isPresent()) {
            line("    bind: \"" + new Endpoint(frontend.address().get(), frontend.port()) + "\"");
        } else if (clashes) {
            InetAddress vip = routers.get(0).addresses().get(0).address();
            line("    bind: \"" + new Endpoint(vip, frontend.port()) + "\" # all addresses in "
                    + frontend.at().place());
            findings.fillIn(frontend.at().place() + ": it binds port " + frontend.port()
                    + " on all addresses, where the servers on the nodes listen themselves; the virtual address was taken"
                    + ", and another port is needed if they listen on all addresses");
        } else {
            line("    bind: " + frontend.port());
        }
    }

    /** The port, when the servers are exactly the nodes, all alike. */
    private Optional<Integer> perNodePort(ImportedFrontend frontend) {
        List<Endpoint> servers =
                frontend.servers().stream().map(ServerLine::endpoint).toList();
        int port = servers.get(0).port();
        List<Endpoint> onNodes =
                nodes.stream().map(node -> new Endpoint(node.address(), port)).toList();
        boolean alike = frontend.servers().stream()
                .allMatch(server -> server.weight() == 1 && !server.has("backup") && server.maxConnections() == 0);
        return alike && servers.size() == nodes.size() && servers.containsAll(onNodes)
                ? Optional.of(port)
                : Optional.empty();
    }

    private void backends(ImportedFrontend frontend) {
        line("    backends:");
        for (ServerLine server : frontend.servers()) {
            List<String> keys = new ArrayList<>();
            keys.add("name: " + Yaml.text(server.name()));
            keys.add("address: \"" + server.endpoint() + "\"");
            if (server.weight() != 1) {
                keys.add("weight: " + server.weight());
            }
            if (server.has("backup")) {
                keys.add("backup: true");
            }
            if (server.maxConnections() > 0) {
                keys.add("maxConnections: " + server.maxConnections());
            }
            line("      - {" + String.join(", ", keys) + "} # " + server.at().place());
        }
    }

    private static String address(InetAddress address) {
        String text = IpLiteral.text(address);
        return text.indexOf(':') >= 0 ? "\"" + text + "\"" : text;
    }
}
