package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Works out who the nodes are: neither keepalived.conf nor haproxy.cfg has a list of them. */
final class Nodes {
    private final List<KeepalivedFile> files;
    private final Findings findings;
    private final Map<InetAddress, String> names = new LinkedHashMap<>();
    private final Map<InetAddress, KeepalivedFile> fileOf = new HashMap<>();
    private final Map<InetAddress, Integer> priorities = new HashMap<>();
    private final Map<InetAddress, String> comments = new HashMap<>();

    private Nodes(List<KeepalivedFile> files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    static List<ImportedNode> of(List<KeepalivedFile> files, List<ImportedFrontend> frontends, Findings findings) {
        Nodes nodes = new Nodes(files, findings);
        nodes.nameThem(frontends);
        nodes.matchFiles();
        nodes.takePriorities();
        nodes.derivePriorities();
        return nodes.list();
    }

    /** The unicast peers where there are some, else haproxy's servers, which the guides put on the masters. */
    private void nameThem(List<ImportedFrontend> frontends) {
        Map<InetAddress, String> servers = new LinkedHashMap<>();
        Set<InetAddress> virtual = files.stream()
                .flatMap(file -> file.routers().stream())
                .flatMap(router -> router.addresses().stream())
                .map(cidr -> cidr.address())
                .collect(Collectors.toSet());
        frontends.stream()
                .flatMap(frontend -> frontend.servers().stream())
                .filter(server -> !server.endpoint().address().isLoopbackAddress())
                .filter(server -> !virtual.contains(server.endpoint().address()))
                .forEach(server -> servers.putIfAbsent(server.endpoint().address(), server.name()));
        Set<InetAddress> peers = files.stream()
                .flatMap(file -> Stream.concat(file.ownAddress().stream(), file.peers().stream()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean peersAreAll = files.stream().anyMatch(file -> !file.peers().isEmpty());
        servers.forEach((address, name) -> {
            if (!peersAreAll || peers.contains(address)) {
                names.put(address, name);
            }
        });
        peers.forEach(address ->
                names.putIfAbsent(address, "node-" + address.getHostAddress().replace(':', '-')));
        if (names.isEmpty()) {
            invent();
        } else if (!peersAreAll) {
            findings.fillIn(
                    "nodes: their names and addresses were taken from haproxy's servers; check that keepalived runs"
                            + " on exactly these hosts");
        }
        makeNamesUnique();
    }

    /** RFC 5737 keeps 192.0.2.0/24 for documentation: nothing answers there. */
    private void invent() {
        for (int i = 1; i <= Math.max(2, files.size()); i++) {
            names.put(IpLiteral.parse("192.0.2." + i).orElseThrow(), "m" + i);
        }
        findings.fillIn(
                "nodes: the files do not tell who the nodes are; replace the names and the addresses 192.0.2.…");
    }

    private void makeNamesUnique() {
        Set<String> taken = new TreeSet<>();
        names.replaceAll((address, name) -> taken.add(name)
                ? name
                : Yaml.name(name + "-" + address.getHostAddress().replace(':', '-')));
    }

    private void matchFiles() {
        List<KeepalivedFile> unmatched = new ArrayList<>();
        for (KeepalivedFile file : files) {
            Optional<InetAddress> known = file.ownAddress()
                    .or(() -> names.entrySet().stream()
                            .filter(node -> file.routerId()
                                    .filter(id -> sameHost(id, node.getValue()))
                                    .isPresent())
                            .map(Map.Entry::getKey)
                            .findFirst())
                    .filter(address -> !fileOf.containsKey(address));
            known.ifPresent(address -> fileOf.put(address, file));
            if (known.isEmpty()) {
                unmatched.add(file);
            }
        }
        unmatched.forEach(this::guess);
    }

    /** A MASTER's file is taken for the first node's, as in the guides; a BACKUP's for one of the others. */
    private void guess(KeepalivedFile file) {
        List<InetAddress> free = names.keySet().stream()
                .filter(address -> !fileOf.containsKey(address))
                .toList();
        if (free.isEmpty()) {
            findings.fillIn(file.name() + ": there are more keepalived files than nodes; this one was only compared");
            return;
        }
        boolean alone = files.size() == 1 && !file.routers().get(0).master() && free.size() > 1;
        InetAddress node = free.get(alone ? 1 : 0);
        fileOf.put(node, file);
        findings.fillIn(file.name() + ": nothing in it says which node it is of; it was taken for " + names.get(node));
    }

    private static boolean sameHost(String routerId, String name) {
        String id = Yaml.name(routerId).toLowerCase(Locale.ROOT);
        return id.equals(name.toLowerCase(Locale.ROOT)) || id.startsWith(name.toLowerCase(Locale.ROOT) + ".");
    }

    private void takePriorities() {
        for (InetAddress address : names.keySet()) {
            KeepalivedFile file = fileOf.get(address);
            if (file == null) {
                continue;
            }
            ImportedRouter first = file.routers().get(0);
            int free = freeNear(first.priority());
            priorities.put(address, free);
            comments.put(address, first.at().place());
            if (free != first.priority()) {
                comments.put(
                        address,
                        first.at().place() + " has " + first.priority() + " as another node does; it must differ");
                findings.notCarried(
                        first.at(),
                        "priority " + first.priority() + " is another node's, and equal ones do not say"
                                + " who becomes MASTER; " + free + " was taken");
            }
            file.routers().stream()
                    .skip(1)
                    .filter(router -> router.priority() != first.priority())
                    .forEach(router -> findings.notCarried(
                            router.at(),
                            "priority " + router.priority() + ": a node has one priority"
                                    + " for all virtual routers, and that of " + first.name() + " was taken"));
        }
    }

    private void derivePriorities() {
        List<String> derived = new ArrayList<>();
        boolean masterKnown =
                fileOf.values().stream().anyMatch(file -> file.routers().get(0).master());
        for (InetAddress address : names.keySet()) {
            if (priorities.containsKey(address)) {
                continue;
            }
            boolean above = !masterKnown && derived.isEmpty();
            int reference = priorities.values().stream()
                    .reduce(above ? Integer::max : Integer::min)
                    .orElse(100);
            priorities.put(address, freeNear(above ? Math.min(254, reference + 1) : reference));
            comments.put(address, "derived; no keepalived.conf of this node was given");
            derived.add(names.get(address));
        }
        if (!derived.isEmpty()) {
            findings.fillIn("nodes: the priorities of " + String.join(", ", derived)
                    + " were derived; import their keepalived.conf as well, or correct them");
        }
    }

    /** The wanted priority, or the nearest below that no other node has, or above. */
    private int freeNear(int wanted) {
        for (int priority = wanted; priority >= 1; priority--) {
            if (!priorities.containsValue(priority)) {
                return priority;
            }
        }
        int priority = wanted;
        while (priorities.containsValue(priority)) {
            priority++;
        }
        return priority;
    }

    private List<ImportedNode> list() {
        String common = files.get(0).routers().get(0).interfaceName();
        return names.entrySet().stream()
                .map(node -> new ImportedNode(
                        node.getValue(),
                        node.getKey(),
                        priorities.get(node.getKey()),
                        Optional.ofNullable(fileOf.get(node.getKey()))
                                .map(file -> file.routers().get(0).interfaceName())
                                .filter(name -> !name.equals(common)),
                        comments.get(node.getKey())))
                .toList();
    }
}
