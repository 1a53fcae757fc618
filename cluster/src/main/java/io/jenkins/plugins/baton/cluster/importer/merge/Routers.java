package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.importer.keepalived.ImportedRouter;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.keepalived.Tracked;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Joins the instances of several nodes' files to virtual routers. */
public final class Routers {
    private final ImportNotes importNotes;

    private Routers(ImportNotes importNotes) {
        this.importNotes = importNotes;
    }

    /**
     * A virtual router and its instance on each node.
     *
     * @param first what holds for all of them
     * @param instances by file; the first one's among them
     */
    public record Joined(ImportedRouter first, Map<KeepalivedFile, ImportedRouter> instances) {
        /** Who takes part as far as all files together tell; empty with multicast. */
        Set<InetAddress> members() {
            Set<InetAddress> members = new LinkedHashSet<>();
            instances.forEach((file, instance) -> {
                if (instance.unicast()) {
                    file.ownAddress().ifPresent(members::add);
                    members.addAll(instance.peers().value());
                }
            });
            return members;
        }
    }

    public static List<Joined> of(List<KeepalivedFile> files, ImportNotes importNotes) {
        return new Routers(importNotes).join(files);
    }

    private List<Joined> join(List<KeepalivedFile> files) {
        List<Joined> all = new ArrayList<>();
        for (KeepalivedFile file : files) {
            for (ImportedRouter router : file.routers()) {
                Optional<Joined> same = all.stream()
                        .filter(joined -> !joined.instances().containsKey(file))
                        .filter(joined -> joined.first().isSameRouter(router))
                        .max(Comparator.comparing(joined -> likeness(joined.first(), router)));
                if (same.isPresent()) {
                    same.get().instances().put(file, router);
                } else {
                    Map<KeepalivedFile, ImportedRouter> instances = new LinkedHashMap<>();
                    instances.put(file, router);
                    all.add(new Joined(router, instances));
                }
            }
        }
        Set<String> names = new HashSet<>();
        List<Joined> kept = RouterSelection.of(all, files, importNotes);
        kept.forEach(joined -> onAllNodes(joined, files));
        return kept.stream()
                .map(this::agreed)
                .map(joined -> named(joined, names))
                .toList();
    }

    private void onAllNodes(Joined joined, List<KeepalivedFile> files) {
        List<String> without = files.stream()
                .filter(file -> !joined.instances().containsKey(file))
                .map(KeepalivedFile::name)
                .toList();
        if (!without.isEmpty()) {
            importNotes.fillIn(joined.first().at().place() + ": " + String.join(", ", without)
                    + " has no such instance, and all nodes of a cluster file take part in each virtual router");
        }
    }

    /** Instances of different files may be different virtual routers of one name. */
    private static Joined named(Joined joined, Set<String> taken) {
        String name = joined.first().name();
        String unique = name;
        for (int number = 2; !taken.add(unique); number++) {
            unique = Yaml.name(name.substring(0, Math.min(59, name.length())) + "-" + number);
        }
        return new Joined(joined.first().named(unique), joined.instances());
    }

    /** Two instances of one file may have the same VRID on two interfaces. */
    private static int likeness(ImportedRouter one, ImportedRouter other) {
        int addresses =
                texts(one.addresses().value()).equals(texts(other.addresses().value())) ? 4 : 0;
        int name = one.name().equals(other.name()) ? 2 : 0;
        return (one.hasVridOf(other) ? 8 : 0)
                + addresses
                + name
                + (one.interfaceName().value().equals(other.interfaceName().value()) ? 1 : 0);
    }

    private Joined agreed(Joined joined) {
        ImportedRouter first = withEffectivePreemption(joined);
        for (ImportedRouter other : joined.instances().values()) {
            if (other != joined.first()) {
                compare(first, other);
            }
        }
        return new Joined(first, joined.instances());
    }

    /** It matters on the node of the highest priority: no other one could preempt it. */
    private ImportedRouter withEffectivePreemption(Joined joined) {
        ImportedRouter first = joined.first();
        ImportedRouter highest = joined.instances().values().stream()
                .max(Comparator.comparing(instance -> instance.priority().value()))
                .orElse(first);
        if (highest.preempt().value().equals(first.preempt().value())) {
            return first;
        }
        Stream.of(first.preempt(), first.preemptDelay())
                .flatMap(setting -> setting.line().stream())
                .forEach(line -> importNotes.notCarried(
                        line, "preemption differs from " + highest.at().place() + ", whose priority is the highest"));
        return first.withPreemption(highest.preempt(), highest.preemptDelay());
    }

    private void compare(ImportedRouter first, ImportedRouter other) {
        List<String> differences = new ArrayList<>();
        differ("virtual_router_id", first, other, ImportedRouter::virtualRouterId, Function.identity(), differences);
        differ("virtual_ipaddress", first, other, ImportedRouter::addresses, Routers::texts, differences);
        differ("version", first, other, ImportedRouter::version, Function.identity(), differences);
        differ("advert_int", first, other, ImportedRouter::advertisementInterval, Function.identity(), differences);
        differ("authentication", first, other, ImportedRouter::password, Function.identity(), differences);
        differ("nopreempt", first, other, ImportedRouter::preempt, Function.identity(), differences);
        differ("preempt_delay", first, other, ImportedRouter::preemptDelay, Function.identity(), differences);
        differ("garp_master_refresh", first, other, ImportedRouter::announceInterval, Function.identity(), differences);
        differ("unicast_peer", first, other, ImportedRouter::peers, peers -> !peers.isEmpty(), differences);
        if (!track(first, other)) {
            differences.add("track_script");
        }
        if (first.unicast()
                && other.unicast()
                && !first.source().isEmpty()
                && !other.source().isEmpty()
                && !first.members().equals(other.members())) {
            importNotes.fillIn(other.at().place() + ": unicast_peer names other nodes than "
                    + first.at().place() + "; all of them were taken as nodes");
        }
        if (!differences.isEmpty()) {
            importNotes.fillIn(other.at().place() + ": " + String.join(", ", differences) + " differs from "
                    + first.at().place() + ", which was taken for all nodes");
        }
    }

    private <T> void differ(
            String what,
            ImportedRouter first,
            ImportedRouter other,
            Function<ImportedRouter, Setting<T>> setting,
            Function<T, ?> view,
            List<String> differences) {
        Setting<T> mine = setting.apply(first);
        Setting<T> others = setting.apply(other);
        if (Objects.equals(view.apply(mine.value()), view.apply(others.value()))) {
            importNotes.carried(others.at());
        } else {
            differences.add(what);
            others.at()
                    .forEach(line -> importNotes.notCarried(
                            line, "it differs from " + mine.place(first.at()) + ", which was taken for all nodes"));
        }
    }

    private boolean track(ImportedRouter first, ImportedRouter other) {
        boolean same = first.track().size() == other.track().size();
        for (Tracked tracked : other.track()) {
            Optional<Tracked> there =
                    first.track().stream().filter(tracked::isSame).findFirst();
            same &= there.isPresent();
            if (there.isPresent()) {
                importNotes.same(tracked.line(), there.get().line());
            } else {
                importNotes.notCarried(
                        tracked.line(), "it is not in " + first.at().place() + ", which was taken for all nodes");
            }
        }
        return same;
    }

    private static TreeSet<String> texts(List<?> values) {
        TreeSet<String> texts = new TreeSet<>();
        values.forEach(value -> texts.add(value.toString()));
        return texts;
    }
}
