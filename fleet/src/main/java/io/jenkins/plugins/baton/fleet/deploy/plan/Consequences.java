package io.jenkins.plugins.baton.fleet.deploy.plan;

import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.fleet.Targets;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What clients will notice of a change of the cluster file. Pure. */
final class Consequences {
    private final Cluster before;
    private final Cluster after;
    private final List<String> said = new ArrayList<>();

    private Consequences(Cluster before, Cluster after) {
        this.before = before;
        this.after = after;
    }

    /** A sentence each; empty when clients notice nothing. */
    static List<String> of(Cluster before, Cluster after) {
        Consequences all = new Consequences(before, after);
        all.addresses();
        all.frontends();
        all.groups();
        all.peerLink();
        return all.said;
    }

    private void addresses() {
        Set<String> old = addresses(before);
        Set<String> now = addresses(after);
        for (String address : old) {
            if (!now.contains(address)) {
                said.add("the virtual address " + address
                        + " ends: connections to it are lost and nothing answers there any "
                        + "more; change its clients first");
            }
        }
        now.stream()
                .filter(address -> !old.contains(address))
                .forEach(address -> said.add("the virtual address " + address + " is new"));
    }

    private static Set<String> addresses(Cluster cluster) {
        return cluster.virtualRouters().stream()
                .flatMap(router -> router.addresses().stream())
                .map(Cidr::address)
                .map(IpLiteral::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void frontends() {
        Map<InetSocketAddress, Frontend> old = places(before);
        Map<InetSocketAddress, Frontend> now = places(after);
        Set<String> ended = addresses(before);
        ended.removeAll(addresses(after));
        old.forEach((place, frontend) -> {
            boolean endsWithItsAddress = ended.contains(IpLiteral.text(place.getAddress()));
            if (!now.containsKey(place) && !endsWithItsAddress) {
                said.add(shown(place, frontend) + " ends: connections to it are lost and nothing answers there "
                        + "any more; change its clients first");
            }
        });
        now.forEach((place, frontend) -> Optional.ofNullable(old.get(place))
                .ifPresentOrElse(was -> frontend(was, frontend), () -> said.add(shown(place, frontend) + " is new")));
    }

    private static String shown(InetSocketAddress place, Frontend frontend) {
        return new Endpoint(place.getAddress(), place.getPort()) + " (" + frontend.name() + ")";
    }

    private static Map<InetSocketAddress, Frontend> places(Cluster cluster) {
        Map<InetSocketAddress, Frontend> places = new LinkedHashMap<>();
        cluster.frontends()
                .forEach(frontend -> Targets.endpoints(cluster, frontend)
                        .forEach(endpoint -> places.put(endpoint.toSocketAddress(), frontend)));
        return places;
    }

    private void frontend(Frontend was, Frontend is) {
        if (was.plane() != is.plane()) {
            say(
                    is,
                    "goes from plane " + word(was.plane()) + " to " + word(is.plane())
                            + ": new connections take the new way; docs/guarantees.md says what becomes of established ones");
        }
        List<String> gone = names(was);
        gone.removeAll(names(is));
        if (!gone.isEmpty()) {
            say(is, "has no backend " + String.join(", ", gone) + " any more: it gets no new connections");
        }
    }

    private void say(Frontend frontend, String what) {
        String sentence = frontend.name() + " " + what;
        if (!said.contains(sentence)) {
            said.add(sentence);
        }
    }

    private static List<String> names(Frontend frontend) {
        return new ArrayList<>(frontend.backends().stream().map(Backend::name).toList());
    }

    private static String word(Frontend.Plane plane) {
        return plane.name().toLowerCase(Locale.ROOT);
    }

    /** Nodes of the old and of the new group both hold the addresses until all have had their turn. */
    private void groups() {
        for (VirtualRouter router : after.virtualRouters()) {
            before.virtualRouters().stream()
                    .filter(was -> !Collections.disjoint(RouterChange.addresses(was), RouterChange.addresses(router)))
                    .filter(was -> !RouterChange.sameGroup(was, router))
                    .findFirst()
                    .ifPresent(was ->
                            said.add(router.name() + " changes what its nodes know each other by (VRID, addresses, "
                                    + "interface, version, interval, unicast or password): until all have had their turn, nodes with "
                                    + "the old and nodes with the new file do not hear each other and two can hold the address at the "
                                    + "same time, so that connections may fail; deploy it when that does no harm"));
        }
    }

    private void peerLink() {
        if (!before.peerLink().equals(after.peerLink())) {
            said.add(
                    "the peer link changes: until all nodes have had their turn, those with the old and those with the new "
                            + "file are not connected, and a planned move resets what is proxied");
        }
    }
}
