package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.importer.haproxy.Bind;
import io.jenkins.plugins.baton.cluster.importer.haproxy.ImportedFrontend;
import io.jenkins.plugins.baton.cluster.importer.haproxy.ServerLine;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The servers behind haproxy, and whether the pair runs on their hosts or in front of them. */
final class Servers {
    private static final int APISERVER = 6443;

    private final List<ImportedFrontend> frontends;
    private final Set<InetAddress> virtual;
    private final Map<InetAddress, String> names;

    /** @param virtual the addresses that keepalived moves; a server there is none */
    Servers(List<ImportedFrontend> frontends, Set<InetAddress> virtual) {
        this.frontends = frontends;
        this.virtual = virtual;
        this.names = main().map(this::namesOf).orElse(Map.of());
    }

    /** Those of the frontend of the apiservers, else of the first one, by address. */
    Map<InetAddress, String> names() {
        return names;
    }

    private Optional<ImportedFrontend> main() {
        List<ImportedFrontend> remote =
                frontends.stream().filter(f -> !namesOf(f).isEmpty()).toList();
        return remote.stream()
                .filter(frontend -> frontend.servers().stream()
                        .anyMatch(server -> server.endpoint().port() == APISERVER))
                .findFirst()
                .or(() -> remote.stream().findFirst());
    }

    private Map<InetAddress, String> namesOf(ImportedFrontend frontend) {
        Map<InetAddress, String> servers = new LinkedHashMap<>();
        frontend.servers().stream()
                .filter(server -> !server.endpoint().address().isLoopbackAddress())
                .filter(server -> !virtual.contains(server.endpoint().address()))
                .forEach(server -> servers.putIfAbsent(server.endpoint().address(), server.name()));
        return servers;
    }

    /** Why the pair seems to run on other hosts than the servers; empty when nothing says so. */
    Optional<String> whyNotOnTheirHosts(List<KeepalivedFile> files) {
        Optional<Bind> samePort = frontends.stream()
                .flatMap(frontend -> frontend.binds().stream().filter(bind -> isPortOfServers(frontend, bind)))
                .findFirst();
        if (samePort.isPresent()) {
            return Optional.of(
                    "haproxy binds port " + samePort.get().port() + ", which the servers behind it have as well");
        }
        if (hasTwoClusters()) {
            return Optional.of("haproxy stands in front of two groups of servers");
        }
        boolean named = files.stream()
                .anyMatch(file -> file.ownAddress().isPresent()
                        || file.hostName()
                                .filter(id -> names.values().stream().anyMatch(name -> isHost(id, name)))
                                .isPresent());
        return files.size() > 1 && files.size() != names.size() && !named
                ? Optional.of("there are " + files.size() + " keepalived files and " + names.size() + " servers")
                : Optional.empty();
    }

    private boolean isPortOfServers(ImportedFrontend frontend, Bind bind) {
        return !bind.isLoopback()
                && frontend.servers().stream()
                        .map(ServerLine::endpoint)
                        .anyMatch(server -> server.port() == bind.port() && names.containsKey(server.address()));
    }

    private boolean hasTwoClusters() {
        return frontends.stream()
                .anyMatch(frontend -> frontend.servers().stream()
                                .anyMatch(server -> server.endpoint().port() == APISERVER)
                        && !namesOf(frontend).isEmpty()
                        && Collections.disjoint(namesOf(frontend).keySet(), names.keySet()));
    }

    /** Whether a router_id is a server's name, perhaps with a domain. */
    static boolean isHost(String routerId, String name) {
        String id = Yaml.name(routerId).toLowerCase(Locale.ROOT);
        String server = name.toLowerCase(Locale.ROOT);
        return id.equals(server) || id.startsWith(server + ".") || server.startsWith(id + ".");
    }
}
