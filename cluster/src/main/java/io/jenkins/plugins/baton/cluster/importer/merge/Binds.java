package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.haproxy.Bind;
import io.jenkins.plugins.baton.cluster.importer.haproxy.ImportedFrontend;
import io.jenkins.plugins.baton.cluster.importer.haproxy.ServerLine;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fits the addresses that haproxy binds to a file that is the same on all nodes: what one bind covers is not written twice,
 * and a host's own address, which is another one on each host, becomes all addresses.
 */
public final class Binds {
    private final List<ImportedNode> nodes;
    private final List<InetAddress> carriedVips;
    private final Set<InetAddress> allVips;
    private final ImportNotes importNotes;
    private final List<ImportedFrontend> done = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Binds(
            List<ImportedNode> nodes,
            List<InetAddress> carriedVips,
            Set<InetAddress> allVips,
            ImportNotes importNotes) {
        this.nodes = nodes;
        this.carriedVips = carriedVips;
        this.allVips = allVips;
        this.importNotes = importNotes;
    }

    /** @return frontends with one bind each */
    public static List<ImportedFrontend> fit(
            List<ImportedFrontend> frontends,
            List<ImportedNode> nodes,
            List<Routers.Joined> routers,
            List<KeepalivedFile> files,
            ImportNotes importNotes) {
        List<InetAddress> carried = routers.stream()
                .flatMap(router -> router.first().addresses().value().stream())
                .map(cidr -> cidr.address())
                .toList();
        Set<InetAddress> all = files.stream()
                .flatMap(file -> file.routers().stream())
                .flatMap(router -> router.addresses().value().stream())
                .map(cidr -> cidr.address())
                .collect(Collectors.toSet());
        Binds binds = new Binds(nodes, carried, all, importNotes);
        frontends.forEach(binds::fit);
        return binds.done;
    }

    private void fit(ImportedFrontend frontend) {
        List<String> reasons = new ArrayList<>();
        List<Bind> binds = reduced(frontend.binds().stream()
                .flatMap(bind -> ownAddress(bind, reasons).stream())
                .toList());
        for (Bind bind : besideServers(frontend, binds)) {
            Optional<ImportedFrontend> other = done.stream()
                    .filter(before -> before.bind().covers(bind) || bind.covers(before.bind()))
                    .findFirst();
            if (other.isPresent()) {
                reasons.add("it shares port " + bind.port() + " with "
                        + other.get().at().place() + ", and two frontends cannot; choose another port for one of them");
                notCarried(bind, reasons);
            } else {
                done.add(frontend.with(uniqueName(frontend.name()), bind));
            }
        }
        boolean carried = done.stream().anyMatch(written -> written.at() == frontend.at());
        if (!carried) {
            importNotes.notCarriedWhole(frontend.at(), reasons.get(0)); // each of its binds has one
        }
    }

    /** The last one holds for the bind. */
    private void notCarried(Bind bind, List<String> reasons) {
        bind.lines().forEach(line -> importNotes.notCarried(line, reasons.get(reasons.size() - 1)));
    }

    private Optional<Bind> ownAddress(Bind bind, List<String> reasons) {
        if (bind.isWildcard() || bind.isLoopback() || carriedVips.contains(bind.address())) {
            return Optional.of(bind);
        }
        String text = IpLiteral.text(bind.address());
        if (allVips.contains(bind.address())) {
            reasons.add(text + " belongs to a vrrp_instance that was not carried over; see there");
            notCarried(bind, reasons);
            return Optional.empty();
        }
        bind.lines()
                .forEach(line -> importNotes.notCarried(
                        line,
                        text
                                + " is one host's own address, and a cluster file is the same on all nodes; all addresses were taken,"
                                + " which has it on every node"));
        return Optional.of(bind.at(bind.address() instanceof Inet4Address ? Bind.ALL_IPV4 : Bind.ALL));
    }

    /** What another one covers is the same socket in Baton. */
    private static List<Bind> reduced(List<Bind> binds) {
        List<Bind> kept = new ArrayList<>();
        for (Bind bind : binds) {
            Optional<Bind> wider = binds.stream()
                    .filter(other ->
                            other.covers(bind) && !(bind.covers(other) && binds.indexOf(bind) <= binds.indexOf(other)))
                    .findFirst();
            if (wider.isEmpty()) {
                List<Directive> covered = binds.stream()
                        .filter(bind::covers)
                        .flatMap(other -> other.lines().stream())
                        .toList();
                kept.add(bind.with(covered));
            }
        }
        return kept;
    }

    /** A wildcard on a node whose server has the same port would be the frontend itself. */
    private List<Bind> besideServers(ImportedFrontend frontend, List<Bind> binds) {
        List<Bind> kept = new ArrayList<>();
        for (Bind bind : binds) {
            boolean clashes = bind.isWildcard()
                    && frontend.servers().stream()
                            .map(ServerLine::endpoint)
                            .anyMatch(server -> server.port() == bind.port() && isNode(server));
            if (clashes) {
                kept.add(bind.at(carriedVips.get(0)));
                importNotes.fillIn(frontend.at().place() + ": it binds port " + bind.port()
                        + " on all addresses, where the servers on the nodes listen themselves; the virtual address was"
                        + " taken, and another port is needed if they listen on all addresses");
            } else {
                kept.add(bind);
            }
        }
        return kept;
    }

    private boolean isNode(Endpoint server) {
        return nodes.stream().anyMatch(node -> node.address().equals(server.address()));
    }

    private String uniqueName(String name) {
        String unique = name;
        for (int number = 2; !names.add(unique); number++) {
            unique = Yaml.name(name + "-" + number);
        }
        return unique;
    }
}
