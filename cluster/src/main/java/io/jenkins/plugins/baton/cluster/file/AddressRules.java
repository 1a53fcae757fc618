package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NodeKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold between virtual routers: names, VRIDs and addresses that do not collide. */
final class AddressRules {
    private AddressRules() {}

    static void check(Draft draft, Problems problems) {
        List<Located<String>> names = draft.routers().stream()
                .flatMap(router ->
                        DerivedDefaults.routerName(router)
                                .map(name -> new Located<>(router.at(RouterKeys.NAME), name))
                                .stream())
                .toList();
        Duplicates.refuse("name", names, "give each virtual router a name of its own", problems);
        List<Located<InetAddress>> vips = draft.virtualAddresses().stream()
                .map(vip -> new Located<>(vip.mark(), vip.value().address()))
                .toList();
        Duplicates.refuse(
                "addresses", vips, "an address belongs to one virtual router, once; remove it here", problems);
        vips.forEach(vip -> refuseNodesOwn(vip, draft, problems));
        refuseSharedIds(draft, problems);
    }

    private static void refuseNodesOwn(Located<InetAddress> vip, Draft draft, Problems problems) {
        for (Entry node : draft.nodes()) {
            boolean own = node.get(NodeKeys.ADDRESS).filter(vip.value()::equals).isPresent()
                    || node.get(NodeKeys.LINK_LOCAL).filter(vip.value()::equals).isPresent();
            if (own) {
                problems.add(
                        vip.mark(),
                        "addresses: " + Text.of(vip.value()) + " is the own address of node "
                                + node.get(NodeKeys.NAME)
                                        .orElse("in line " + node.mark().line())
                                + ", which would lose it; choose a free address");
            }
        }
    }

    /** A VRID is known per interface and family (RFC 9568 section 3), and a node may have an interface of its own. */
    private static void refuseSharedIds(Draft draft, Problems problems) {
        Map<String, Entry> first = new HashMap<>();
        for (Entry router : draft.routers()) {
            Optional<Integer> id = router.get(RouterKeys.VIRTUAL_ROUTER_ID);
            Optional<Cidr> vip = Draft.addresses(router).stream().findFirst().map(Located::value);
            if (id.isEmpty() || vip.isEmpty()) {
                continue;
            }
            for (String place : interfaces(router, draft)) {
                Entry before = first.putIfAbsent(
                        place + " " + id.get() + " " + vip.get().isIpv6(), router);
                if (before != null && before != router) {
                    problems.add(
                            router.at(RouterKeys.VIRTUAL_ROUTER_ID),
                            "virtualRouterId: " + id.get() + " is already used on the same interface in line "
                                    + before.at(RouterKeys.VIRTUAL_ROUTER_ID).line() + "; choose another VRID");
                    break;
                }
            }
        }
    }

    private static Set<String> interfaces(Entry router, Draft draft) {
        Set<String> names = new LinkedHashSet<>();
        for (int node = 0; node < draft.nodes().size(); node++) {
            Entry entry = draft.nodes().get(node);
            Optional<String> own = RouterRules.interfaceOn(router, entry).or(() -> entry.get(NodeKeys.INTERFACE));
            String place = "node " + node + " ";
            own.or(() -> router.get(RouterKeys.INTERFACE)).ifPresent(name -> names.add(place + name));
        }
        return names;
    }
}
