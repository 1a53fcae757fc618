package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.haproxy.ImportedFrontend;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who the nodes are: neither keepalived.conf nor haproxy.cfg has a list of them. The unicast peers where there are some;
 * else haproxy's servers, when the pair runs on their hosts as in the guides; else hosts that nobody names.
 */
final class Hosts {
    private final List<KeepalivedFile> files;
    private final List<Routers.Joined> routers;
    private final Servers servers;
    private final ImportNotes importNotes;
    private final Map<InetAddress, String> names = new LinkedHashMap<>();
    private final Map<KeepalivedFile, InetAddress> own = new LinkedHashMap<>();

    private Hosts(List<KeepalivedFile> files, List<Routers.Joined> routers, Servers servers, ImportNotes importNotes) {
        this.files = files;
        this.routers = routers;
        this.servers = servers;
        this.importNotes = importNotes;
    }

    /**
     * @param names of the nodes by their addresses, in order
     * @param own the node that a file is of, where it can be told
     */
    record Found(Map<InetAddress, String> names, Map<KeepalivedFile, InetAddress> own) {}

    static Found find(
            List<KeepalivedFile> files,
            List<Routers.Joined> routers,
            List<ImportedFrontend> frontends,
            ImportNotes importNotes) {
        Set<InetAddress> virtual = files.stream()
                .flatMap(file -> file.routers().stream())
                .flatMap(router -> router.addresses().value().stream())
                .map(cidr -> cidr.address())
                .collect(Collectors.toSet());
        frontends.stream()
                .flatMap(frontend -> frontend.servers().stream())
                .filter(server -> virtual.contains(server.endpoint().address()))
                .forEach(server -> importNotes.fillIn(server.at().place() + ": server " + server.name()
                        + " has an address that keepalived moves, so it was not taken for a node; give the node's own"
                        + " address"));
        return new Hosts(files, routers, new Servers(frontends, virtual), importNotes).find();
    }

    private Found find() {
        Set<InetAddress> members = new LinkedHashSet<>();
        routers.forEach(router -> members.addAll(router.members()));
        if (members.isEmpty()) {
            withMulticast();
        } else {
            withUnicast(members);
        }
        makeNamesUnique();
        return new Found(names, own);
    }

    private void withUnicast(Set<InetAddress> members) {
        files.forEach(file -> file.ownAddress().ifPresent(address -> own.put(file, address)));
        for (KeepalivedFile file : files) {
            if (!own.containsKey(file)) {
                Set<InetAddress> candidates = candidates(file, members);
                if (candidates.size() == 1) {
                    own.put(file, candidates.iterator().next());
                } else if (candidates.isEmpty()) {
                    unknown(file);
                }
            }
        }
        Set<InetAddress> all = new LinkedHashSet<>(members);
        all.addAll(own.values());
        // In the order of haproxy's servers where they have one, which is mostly that of the hosts' names.
        servers.names().forEach((address, name) -> {
            if (all.contains(address)) {
                names.put(address, name);
            }
        });
        all.forEach(address -> names.putIfAbsent(address, nameOf(address)));
    }

    /** Without unicast_src_ip a file names everybody but its own node. */
    private Set<InetAddress> candidates(KeepalivedFile file, Set<InetAddress> members) {
        Set<InetAddress> rest = new LinkedHashSet<>(members);
        Set<InetAddress> servers = new LinkedHashSet<>(this.servers.names().keySet());
        if (servers.containsAll(file.peers())) {
            rest.addAll(servers);
        }
        rest.removeAll(file.peers());
        rest.removeAll(own.values());
        return rest;
    }

    private void unknown(KeepalivedFile file) {
        InetAddress address = placeholder(own.size() + 1);
        own.put(file, address);
        importNotes.fillIn(
                file.name() + ": it has unicast_peer without unicast_src_ip, so nothing tells its own node's address;"
                        + " replace " + IpLiteral.text(address));
    }

    private void withMulticast() {
        files.forEach(file -> file.ownAddress().ifPresent(address -> own.put(file, address)));
        Optional<String> apart = servers.whyNotOnTheirHosts(files);
        boolean onServers = apart.isEmpty() && servers.names().keySet().containsAll(own.values());
        if (onServers && !servers.names().isEmpty()) {
            names.putAll(servers.names());
            importNotes.fillIn(
                    "nodes: their names and addresses were taken from haproxy's servers; check that keepalived runs"
                            + " on exactly these hosts");
            return;
        }
        own.forEach((file, address) -> names.put(address, nameOf(address)));
        int needed = Math.max(2, files.size());
        for (KeepalivedFile file : files) {
            if (!own.containsKey(file) && names.size() < needed) {
                InetAddress address = placeholder(names.size() + 1);
                names.put(address, file.hostName().filter(id -> isUnique(id)).orElse("m" + (names.size() + 1)));
                own.put(file, address);
            }
        }
        while (names.size() < needed) {
            names.put(placeholder(names.size() + 1), "m" + (names.size() + 1));
        }
        importNotes.fillIn("nodes: the files do not tell who the nodes are"
                + apart.map(reason -> " (" + reason + ", so the pair does not seem to run on the servers' hosts)")
                        .orElse("")
                + (own.values().stream().distinct().count() == names.size()
                                && names.keySet().stream().noneMatch(Hosts::isPlaceholder)
                        ? "; check their names"
                        : "; replace the names and the addresses 192.0.2.…"));
    }

    private boolean isUnique(String hostName) {
        return files.stream()
                        .filter(file -> file.hostName().filter(hostName::equals).isPresent())
                        .count()
                == 1;
    }

    private String nameOf(InetAddress address) {
        return own.entrySet().stream()
                .filter(entry -> entry.getValue().equals(address))
                .flatMap(entry -> entry.getKey().hostName().filter(this::isUnique).stream())
                .findFirst()
                .orElse("node-" + address.getHostAddress().replace(':', '-'));
    }

    /** RFC 5737 keeps 192.0.2.0/24 for documentation: nothing answers there. */
    private static InetAddress placeholder(int number) {
        return IpLiteral.parse("192.0.2." + number).orElseThrow();
    }

    private static boolean isPlaceholder(InetAddress address) {
        return address.getHostAddress().startsWith("192.0.2.");
    }

    private void makeNamesUnique() {
        Set<String> taken = new TreeSet<>();
        names.replaceAll((address, name) -> {
            String fit = Yaml.name(name);
            return taken.add(fit)
                    ? fit
                    : Yaml.name(fit + "-" + address.getHostAddress().replace(':', '-'));
        });
    }
}
