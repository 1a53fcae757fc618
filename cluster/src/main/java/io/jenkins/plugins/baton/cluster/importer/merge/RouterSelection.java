package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.keepalived.ImportedRouter;
import io.jenkins.plugins.baton.cluster.importer.keepalived.KeepalivedFile;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which virtual routers can stand in one cluster file. The first ones stay; of each other the notes say why it does not. */
final class RouterSelection {
    private final List<KeepalivedFile> files;
    private final ImportNotes importNotes;
    private final List<Routers.Joined> kept = new ArrayList<>();

    private RouterSelection(List<KeepalivedFile> files, ImportNotes importNotes) {
        this.files = files;
        this.importNotes = importNotes;
    }

    static List<Routers.Joined> of(List<Routers.Joined> all, List<KeepalivedFile> files, ImportNotes importNotes) {
        RouterSelection selection = new RouterSelection(files, importNotes);
        Optional<Routers.Joined> group =
                all.stream().filter(joined -> !joined.members().isEmpty()).findFirst();
        for (Routers.Joined joined : all) {
            group.flatMap(first -> otherNodes(joined, first))
                    .or(() -> selection.sharedId(joined))
                    .or(() -> selection.sharedAddress(joined))
                    .ifPresentOrElse(reason -> selection.leaveOut(joined, reason), () -> selection.kept.add(joined));
        }
        return selection.kept;
    }

    private void leaveOut(Routers.Joined joined, String reason) {
        joined.instances().values().forEach(instance -> importNotes.notCarriedWhole(instance.at(), reason));
        importNotes.fillIn(
                joined.first().at().place() + ": " + joined.first().name() + " was not carried over: " + reason);
    }

    /** A cluster file has one set of nodes. A group with others would have two masters: here one, and there one. */
    private static Optional<String> otherNodes(Routers.Joined joined, Routers.Joined group) {
        Set<InetAddress> others = new LinkedHashSet<>(joined.members());
        others.removeAll(group.members());
        Set<InetAddress> missing = new LinkedHashSet<>(joined.members().isEmpty() ? Set.of() : group.members());
        missing.removeAll(joined.members());
        if (others.isEmpty() && missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("its nodes are not those of " + group.first().name() + " ("
                + (others.isEmpty() ? "" : "also " + texts(others))
                + (others.isEmpty() || missing.isEmpty() ? "" : ", ")
                + (missing.isEmpty() ? "" : "without " + texts(missing))
                + "), and a cluster file has one set of nodes; write a second cluster file with its nodes for it");
    }

    private static String texts(Set<InetAddress> addresses) {
        return String.join(", ", addresses.stream().map(IpLiteral::text).toList());
    }

    /** A VRID is known per interface and family (RFC 9568 section 3); keepalived 2 does not start with two either. */
    private Optional<String> sharedId(Routers.Joined joined) {
        ImportedRouter router = joined.first();
        return kept.stream()
                .filter(before ->
                        before.first().hasVridOf(router) && before.first().isIpv6() == router.isIpv6())
                .flatMap(before -> sharedInterface(before, joined)
                        .map(
                                name -> "virtual_router_id "
                                        + router.virtualRouterId().value() + " is that of "
                                        + named(before) + " on interface " + name
                                        + " already; give it another one on all nodes, or a file of its own if it is another node's")
                        .stream())
                .findFirst();
    }

    private Optional<String> sharedInterface(Routers.Joined one, Routers.Joined other) {
        return files.stream()
                .filter(file -> interfaceOf(one, file).equals(interfaceOf(other, file)))
                .map(file -> interfaceOf(one, file))
                .findFirst();
    }

    /** keepalived takes such a file, and whichever of the two changes its state last says whether the node has the address. */
    private Optional<String> sharedAddress(Routers.Joined joined) {
        return kept.stream()
                .flatMap(before -> addresses(joined)
                        .filter(address -> addresses(before).anyMatch(address::equals))
                        .map(address -> IpLiteral.text(address) + " is an address of " + named(before)
                                + " already, and an address belongs to one virtual router; remove it from one of the two"
                                + " on all nodes"))
                .findFirst();
    }

    private static Stream<InetAddress> addresses(Routers.Joined joined) {
        return joined.first().addresses().value().stream().map(Cidr::address);
    }

    private static String interfaceOf(Routers.Joined joined, KeepalivedFile file) {
        return joined.instances()
                .getOrDefault(file, joined.first())
                .interfaceName()
                .value();
    }

    private static String named(Routers.Joined joined) {
        return joined.first().name() + " (" + joined.first().at().place() + ")";
    }
}
