package io.jenkins.plugins.baton.cluster.importer.merge;

import static io.jenkins.plugins.baton.cluster.file.format.DurationType.written;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.haproxy.ImportedFrontend;
import io.jenkins.plugins.baton.cluster.importer.haproxy.ServerLine;
import io.jenkins.plugins.baton.cluster.importer.keepalived.ImportedRouter;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.keepalived.Tracked;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the cluster file. Each line has a comment that says which lines of the sources it carries. */
public final class ClusterText {
    private final StringBuilder out = new StringBuilder();
    private final ImportNotes importNotes;

    private ClusterText(ImportNotes importNotes) {
        this.importNotes = importNotes;
    }

    public static String of(
            List<String> sources,
            List<KeepalivedFile> files,
            Nodes.Found nodes,
            Balancer balancer,
            List<Routers.Joined> routers,
            List<ImportedFrontend> frontends,
            ImportNotes importNotes) {
        ClusterText text = new ClusterText(importNotes);
        text.out
                .append("# Imported from ")
                .append(String.join(", ", sources).replaceAll("[\\p{Cntrl}]", "?"))
                .append(". The same file on every node.\n");
        text.line("cluster: kubernetes", List.of(), "");
        Interfaces.Found interfaces = Interfaces.of(routers, nodes.fileOf(), importNotes);
        text.nodes(nodes.nodes(), interfaces, routers);
        Checks checks = new Checks(files, balancer, importNotes);
        text.line("virtualRouters:", List.of(), "");
        routers.forEach(router -> text.router(router.first(), interfaces, checks));
        if (!frontends.isEmpty()) {
            text.line("frontends:", List.of(), "");
            frontends.forEach(frontend -> text.frontend(frontend, nodes.nodes()));
        }
        List<ImportedCheck> all = checks.all();
        if (!all.isEmpty()) {
            text.line("checks:", List.of(), "");
            all.forEach(check -> text.line("  - " + check.yaml(), check.lines(), check.note()));
        }
        return text.out.toString();
    }

    /** Writes a line, and counts what it carries as carried. */
    private void line(String line, Collection<Directive> from, String note) {
        importNotes.carried(from);
        String comment = places(from) + (from.isEmpty() || note.isEmpty() ? "" : "; ") + note;
        out.append(line).append(comment.isEmpty() ? "" : " # " + comment).append('\n');
    }

    private void line(String line, Setting<?> setting) {
        line(line, setting.at(), setting.note());
    }

    /** As in {@code k1.conf:3, 7, k2.conf:4}. */
    private static String places(Collection<Directive> lines) {
        Map<String, List<String>> byFile = new LinkedHashMap<>();
        lines.stream()
                .sorted(Comparator.comparingInt(Directive::line))
                .map(line -> Map.entry(line.file(), String.valueOf(line.line())))
                .distinct()
                .forEach(place -> byFile.computeIfAbsent(place.getKey(), any -> new ArrayList<>())
                        .add(place.getValue()));
        return byFile.entrySet().stream()
                .map(file -> file.getKey().replaceAll("[\\p{Cntrl}]", "?") + ":" + String.join(", ", file.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void nodes(List<ImportedNode> nodes, Interfaces.Found interfaces, List<Routers.Joined> routers) {
        boolean linkLocal = routers.stream()
                .anyMatch(router -> router.first().isIpv6() && !router.first().unicast());
        if (linkLocal) {
            importNotes.fillIn(
                    "nodes: IPv6 adverts come from link-local addresses; replace each linkLocal by the node's own");
        }
        line("nodes:", List.of(), "");
        int number = 0;
        for (ImportedNode node : nodes) {
            number++;
            Optional<Setting<String>> own =
                    Optional.ofNullable(interfaces.ofNode().get(node.name()));
            List<Directive> from = new ArrayList<>(node.lines());
            own.ifPresent(name -> from.addAll(name.at()));
            line(
                    "  - {name: " + Yaml.text(node.name())
                            + ", address: " + address(node.address())
                            + ", priority: " + node.priority()
                            + own.map(name -> ", interface: " + Yaml.text(name.value()))
                                    .orElse("")
                            + (linkLocal ? ", linkLocal: \"fe80::" + number + "\"" : "")
                            + "}",
                    from,
                    node.note());
        }
    }

    private void router(ImportedRouter router, Interfaces.Found interfaces, Checks checks) {
        line("  - name: " + Yaml.text(router.name()), List.of(router.at()), "");
        line("    virtualRouterId: " + router.virtualRouterId().value(), router.virtualRouterId());
        line("    interface: " + Yaml.text(router.interfaceName().value()), router.interfaceName());
        interfaces(interfaces.ofRouter().getOrDefault(router.name(), Map.of()));
        String addresses = router.addresses().value().stream()
                .map(cidr -> cidr.isIpv6() ? "\"" + cidr + "\"" : cidr.toString())
                .collect(Collectors.joining(", ", "[", "]"));
        line("    addresses: " + addresses, router.addresses());
        line(
                "    version: " + router.version().value(),
                router.version().value() == 2
                        ? router.version().noted("3 and 100ms once keepalived runs nowhere any more")
                        : router.version());
        line(
                "    advertisementInterval: "
                        + written(router.advertisementInterval().value()),
                router.advertisementInterval());
        if (!router.preempt().value()) {
            line("    preempt: false", router.preempt());
        }
        if (!router.preemptDelay().value().isZero()) {
            line("    preemptDelay: " + written(router.preemptDelay().value()), router.preemptDelay());
        }
        router.password()
                .value()
                .ifPresent(password -> line(
                        "    authentication: {type: pass, password: " + Yaml.quoted(password) + "}",
                        router.password()));
        if (router.unicast()) {
            line("    unicast: true", router.peers());
        }
        router.announceInterval()
                .value()
                .ifPresent(interval -> line("    announceInterval: " + written(interval), router.announceInterval()));
        track(router, checks);
    }

    private void interfaces(Map<String, Setting<String>> ofNodes) {
        if (!ofNodes.isEmpty()) {
            line("    interfaces:", List.of(), "");
            ofNodes.forEach((node, name) ->
                    line("      - {node: " + Yaml.text(node) + ", interface: " + Yaml.text(name.value()) + "}", name));
        }
    }

    private void track(ImportedRouter router, Checks checks) {
        List<String> names = new ArrayList<>();
        List<Directive> from = new ArrayList<>();
        for (Tracked tracked : router.track()) {
            checks.track(tracked, router.name()).ifPresent(name -> {
                from.add(tracked.line());
                if (!names.contains(name)) {
                    names.add(name);
                }
            });
        }
        if (!names.isEmpty()) {
            line("    track: " + Yaml.list(names), from, "");
        }
    }

    private void frontend(ImportedFrontend frontend, List<ImportedNode> nodes) {
        line("  - name: " + Yaml.text(frontend.name()), frontend.lines(), "");
        line("    bind: " + frontend.bind().text(), frontend.bind().lines(), "");
        line("    balance: " + frontend.balance().value(), frontend.balance());
        List<Directive> timeouts = new ArrayList<>(frontend.connect().at());
        timeouts.addAll(frontend.idle().at());
        line(
                "    timeouts: {connect: " + written(frontend.connect().value()) + ", idle: "
                        + written(frontend.idle().value()) + "}",
                timeouts,
                "");
        line("    check: " + frontend.check().value(), frontend.check());
        if (!frontend.proxyProtocol().value().equals("none")) {
            line("    proxyProtocol: " + frontend.proxyProtocol().value(), frontend.proxyProtocol());
        }
        Optional<Integer> port = perNodePort(frontend, nodes);
        if (port.isPresent()) {
            List<Directive> servers =
                    frontend.servers().stream().map(ServerLine::at).toList();
            line("    backends: {port: " + port.get() + "}", servers, "one per node");
        } else {
            line("    backends:", List.of(), "");
            frontend.servers().forEach(this::backend);
        }
    }

    /** The port, when the servers are exactly the nodes, all alike. */
    private static Optional<Integer> perNodePort(ImportedFrontend frontend, List<ImportedNode> nodes) {
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

    private void backend(ServerLine server) {
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
        line("      - {" + String.join(", ", keys) + "}", List.of(server.at()), "");
    }

    private static String address(InetAddress address) {
        String text = IpLiteral.text(address);
        return text.indexOf(':') >= 0 ? "\"" + text + "\"" : text;
    }
}
