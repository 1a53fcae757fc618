package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.importer.haproxy.ImportedFrontend;
import io.jenkins.plugins.baton.cluster.importer.keepalived.ImportedRouter;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which file is of which node, and the nodes' priorities. */
public final class Nodes {
    private final List<KeepalivedFile> files;
    private final List<Routers.Joined> routers;
    private final Map<InetAddress, String> names;
    private final Map<InetAddress, KeepalivedFile> fileOf = new LinkedHashMap<>();
    private final Map<InetAddress, Integer> priorities = new HashMap<>();
    private final Map<InetAddress, String> notes = new HashMap<>();
    private final ImportNotes importNotes;

    private Nodes(
            List<KeepalivedFile> files, List<Routers.Joined> routers, Hosts.Found hosts, ImportNotes importNotes) {
        this.files = files;
        this.routers = routers;
        this.names = hosts.names();
        this.importNotes = importNotes;
        hosts.own().forEach((file, address) -> fileOf.putIfAbsent(address, file));
    }

    /** @param fileOf the file of a node, by the node's name, where it was given */
    public record Found(List<ImportedNode> nodes, Map<String, KeepalivedFile> fileOf) {}

    public static Found of(
            List<KeepalivedFile> files,
            List<Routers.Joined> routers,
            List<ImportedFrontend> frontends,
            ImportNotes importNotes) {
        Nodes nodes = new Nodes(files, routers, Hosts.find(files, routers, frontends, importNotes), importNotes);
        nodes.matchFiles();
        nodes.takePriorities();
        nodes.derivePriorities();
        return nodes.found();
    }

    private void matchFiles() {
        List<KeepalivedFile> unmatched = new ArrayList<>();
        for (KeepalivedFile file : files) {
            if (!fileOf.containsValue(file)) {
                Optional<InetAddress> named = names.entrySet().stream()
                        .filter(node -> file.routerId()
                                .filter(id -> Servers.isHost(id.value(), node.getValue()))
                                .isPresent())
                        .map(Map.Entry::getKey)
                        .filter(address -> !fileOf.containsKey(address))
                        .findFirst();
                named.ifPresentOrElse(address -> fileOf.put(address, file), () -> unmatched.add(file));
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
            importNotes.fillIn(
                    file.name() + ": there are more keepalived files than nodes; this one was only compared");
            return;
        }
        boolean alone = files.size() == 1 && !file.routers().get(0).master() && free.size() > 1;
        InetAddress node = free.get(alone ? 1 : 0);
        fileOf.put(node, file);
        importNotes.fillIn(
                file.name() + ": nothing in it says which node it is of; it was taken for " + names.get(node));
    }

    /** The instances of a file that were carried over. */
    private List<ImportedRouter> instances(KeepalivedFile file) {
        return routers.stream()
                .flatMap(router -> Optional.ofNullable(router.instances().get(file)).stream())
                .toList();
    }

    private void takePriorities() {
        for (InetAddress address : names.keySet()) {
            List<ImportedRouter> instances = Optional.ofNullable(fileOf.get(address))
                    .map(this::instances)
                    .orElse(List.of());
            if (instances.isEmpty()) {
                continue;
            }
            ImportedRouter first = instances.get(0);
            int wanted = first.priority().value();
            int free = freeNear(wanted);
            priorities.put(address, free);
            if (free != wanted) {
                notes.put(address, "another node has " + wanted + " as well; it must differ");
                importNotes.notCarried(
                        first.priority().line().orElse(first.at()),
                        "priority " + wanted + " is another node's, and equal ones do not say who becomes MASTER; "
                                + free + " was taken");
            } else if (first.priority().at().isEmpty()) {
                notes.put(address, first.priority().note());
            }
            instances.stream().skip(1).forEach(other -> compare(first, other));
        }
    }

    private void compare(ImportedRouter first, ImportedRouter other) {
        if (first.priority().value().equals(other.priority().value())) {
            return;
        }
        importNotes.notCarried(
                other.priority().line().orElse(other.at()),
                "a node has one priority for all virtual routers, and that of " + first.name() + ", "
                        + first.priority().value() + ", was taken");
    }

    private void derivePriorities() {
        List<String> derived = new ArrayList<>();
        boolean masterKnown =
                fileOf.values().stream().anyMatch(file -> file.routers().get(0).master());
        for (InetAddress address : names.keySet()) {
            if (priorities.containsKey(address)) {
                continue;
            }
            boolean above = files.size() == 1 && !masterKnown && derived.isEmpty();
            int reference = priorities.values().stream()
                    .reduce(above ? Integer::max : Integer::min)
                    .orElse(100);
            priorities.put(address, freeNear(above ? Math.min(254, reference + 1) : reference));
            notes.put(address, "derived; no keepalived.conf of this node was given");
            derived.add(names.get(address));
        }
        if (!derived.isEmpty()) {
            importNotes.fillIn("nodes: the priorities of " + String.join(", ", derived)
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

    private Found found() {
        List<ImportedNode> nodes = new ArrayList<>();
        Map<String, KeepalivedFile> byName = new LinkedHashMap<>();
        names.forEach((address, name) -> {
            Optional<KeepalivedFile> file = Optional.ofNullable(fileOf.get(address));
            file.ifPresent(f -> byName.put(name, f));
            nodes.add(new ImportedNode(
                    name,
                    address,
                    priorities.get(address),
                    file.map(this::lines).orElse(List.of()),
                    notes.getOrDefault(address, "")));
        });
        return new Found(nodes, byName);
    }

    private List<Directive> lines(KeepalivedFile file) {
        List<Directive> lines = new ArrayList<>();
        instances(file).stream().findFirst().ifPresent(first -> {
            lines.add(first.at());
            instances(file).stream()
                    .filter(other ->
                            other.priority().value().equals(first.priority().value()))
                    .forEach(other -> lines.addAll(other.priority().at()));
        });
        instances(file).forEach(instance -> {
            instance.source().flatMap(Setting::line).ifPresent(lines::add);
            importNotes.carried(instance.at());
            importNotes.carried(instance.peers().at());
        });
        return lines;
    }
}
