package io.jenkins.plugins.baton.cluster.file;

import static io.jenkins.plugins.baton.cluster.file.format.DurationType.written;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NodeKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterInterfaceKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Items;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What must hold inside one virtual router. */
final class RouterRules {
    /** RFC 9568 section 5.2.8: the field has 12 bits and counts centiseconds. */
    private static final Duration MAX_INTERVAL_V3 = Duration.ofMillis(40_950);

    /** RFC 3768 section 5.3.7: the field has 8 bits and counts seconds. */
    private static final Duration MAX_INTERVAL_V2 = Duration.ofSeconds(255);

    /** RFC 9568 section 5.2.5: the count has 8 bits. */
    private static final int MAX_IPV4 = 255;

    /** What fits an Ethernet frame: (1500 - 40 of IPv6 header - 8 of VRRP header) / 16. */
    private static final int MAX_IPV6 = 90;

    private final Draft draft;
    private final Problems problems;

    private RouterRules(Draft draft, Problems problems) {
        this.draft = draft;
        this.problems = problems;
    }

    static void check(Draft draft, Problems problems) {
        RouterRules rules = new RouterRules(draft, problems);
        for (Entry router : draft.routers()) {
            router.get(RouterKeys.VERSION).ifPresent(version -> {
                if (version == 2) {
                    rules.version2(router);
                } else {
                    rules.version3(router);
                }
            });
            rules.preemption(router);
            rules.interfaces(router);
            rules.hosts(router);
            rules.family(router);
        }
    }

    private void version2(Entry router) {
        Mark at = router.at(RouterKeys.ADVERTISEMENT_INTERVAL);
        interval(router)
                .filter(interval -> interval.toMillis() % 1000 != 0 || interval.compareTo(MAX_INTERVAL_V2) > 0)
                .ifPresent(interval -> problems.add(
                        at,
                        "advertisementInterval: " + written(interval)
                                + " is not whole seconds 1s..255s, and version 2 sends no other; write 1s, or use"
                                + " version 3"));
        Draft.addresses(router).stream()
                .filter(vip -> vip.value().isIpv6())
                .findFirst()
                .ifPresent(vip -> problems.add(
                        vip.mark(),
                        "addresses: " + vip.value() + " is IPv6, which version 2 does not know; use version 3"));
        if (router.gives(RouterKeys.CHECKSUM)) {
            problems.add(
                    router.at(RouterKeys.CHECKSUM),
                    "checksum: version 2 has only one; remove the key, or use version 3");
        }
    }

    private void version3(Entry router) {
        Mark at = router.at(RouterKeys.ADVERTISEMENT_INTERVAL);
        interval(router)
                .filter(interval -> interval.toMillis() % 10 != 0 || interval.compareTo(MAX_INTERVAL_V3) > 0)
                .ifPresent(interval -> problems.add(
                        at,
                        "advertisementInterval: " + written(interval)
                                + " is not 10ms..40950ms in steps of 10ms, and version 3 sends no other; round it"));
        if (router.gives(RouterKeys.AUTHENTICATION)) {
            problems.add(
                    router.at(RouterKeys.AUTHENTICATION),
                    "authentication: version 3 has none (RFC 9568 section 9); remove it, or set version: 2");
        }
    }

    /** What the router's list says of a node. */
    static Optional<String> interfaceOn(Entry router, Entry node) {
        return router.get(RouterKeys.INTERFACES).map(Items::values).orElse(List.of()).stream()
                .filter(entry -> entry.get(RouterInterfaceKeys.NODE).equals(node.get(NodeKeys.NAME)))
                .flatMap(entry -> entry.get(RouterInterfaceKeys.INTERFACE).stream())
                .findFirst();
    }

    private void interfaces(Entry router) {
        List<Entry> entries =
                router.get(RouterKeys.INTERFACES).map(Items::values).orElse(List.of());
        List<Located<String>> nodes = NodeRules.given(entries, RouterInterfaceKeys.NODE);
        Duplicates.refuse("node", nodes, "a node has one interface for a virtual router; remove one", problems);
        for (Located<String> node : nodes) {
            boolean known = draft.nodes().stream()
                    .anyMatch(entry -> entry.get(NodeKeys.NAME)
                            .filter(node.value()::equals)
                            .isPresent());
            if (!known) {
                problems.add(node.mark(), "node: '" + node.value() + "' is not the name of a node; write one of nodes");
            }
        }
    }

    private static Optional<Duration> interval(Entry router) {
        return DerivedDefaults.advertisementInterval(router);
    }

    private void preemption(Entry router) {
        boolean never =
                router.get(RouterKeys.PREEMPT).filter(preempt -> !preempt).isPresent();
        router.get(RouterKeys.PREEMPT_DELAY)
                .filter(delay -> never && !delay.isZero())
                .ifPresent(delay -> problems.add(
                        router.at(RouterKeys.PREEMPT_DELAY),
                        "preemptDelay: " + written(delay) + " has no effect with preempt: false; remove one of them"));
    }

    private void hosts(Entry router) {
        for (Located<Cidr> vip : Draft.addresses(router)) {
            whyNoHost(vip.value())
                    .ifPresent(what -> problems.add(
                            vip.mark(),
                            "addresses: " + vip.value() + " is " + what
                                    + "; choose a free address, or correct the prefix length"));
        }
    }

    /**
     * RFC 1122 section 3.2.1.3: bits of all zeros or all ones are no host's, unless there is only one (RFC 3021). RFC 4291 section
     * 2.6.1: with all zeros every router of the subnet answers, and a Kubernetes node is one; unless there is only one bit (RFC 6164
     * section 5).
     */
    private static Optional<String> whyNoHost(Cidr vip) {
        if (vip.hostBits() < 2) {
            return Optional.empty();
        }
        if (vip.isIpv6()) {
            return vip.isLowest()
                    ? Optional.of("the Subnet-Router anycast address, which every router of its subnet has")
                    : Optional.empty();
        }
        if (vip.isLowest()) {
            return Optional.of("the network address of its subnet, which no host can have");
        }
        return vip.isHighest()
                ? Optional.of("the broadcast address of its subnet, which no host can have")
                : Optional.empty();
    }

    private void family(Entry router) {
        List<Located<Cidr>> vips = Draft.addresses(router);
        if (vips.isEmpty()) {
            return;
        }
        boolean ipv6 = vips.get(0).value().isIpv6();
        Optional<Located<Cidr>> stranger =
                vips.stream().filter(vip -> vip.value().isIpv6() != ipv6).findFirst();
        if (stranger.isPresent()) {
            problems.add(
                    stranger.get().mark(),
                    "addresses: " + stranger.get().value() + " is " + family(!ipv6) + " in a list that began with "
                            + family(ipv6) + "; make a virtual router of its own for it (the same VRID is fine)");
            return;
        }
        int most = ipv6 ? MAX_IPV6 : MAX_IPV4;
        if (vips.size() > most) {
            problems.add(
                    vips.get(most).mark(),
                    "addresses: " + vips.size() + " are more than the " + most
                            + " that one advert can hold; move the rest to another virtual router");
        }
        refusePlainChecksum(router, ipv6);
        senders(router, ipv6);
    }

    private void refusePlainChecksum(Entry router, boolean ipv6) {
        boolean plain = router.get(RouterKeys.CHECKSUM)
                .filter(VirtualRouter.Checksum.PLAIN::equals)
                .isPresent();
        if (ipv6 && plain) {
            problems.add(
                    router.at(RouterKeys.CHECKSUM),
                    "checksum: over IPv6 it always has the pseudo-header (RFC 9568 section 5.2.8); remove the key");
        }
    }

    /** Every node needs an address that its adverts can come from. */
    private void senders(Entry router, boolean ipv6) {
        Optional<Boolean> unicast = router.get(RouterKeys.UNICAST);
        if (unicast.isEmpty()) {
            return;
        }
        Mark at = router.gives(RouterKeys.UNICAST) ? router.at(RouterKeys.UNICAST) : router.at(RouterKeys.ADDRESSES);
        if (ipv6 && !unicast.get()) {
            refuseNodes(
                    at,
                    draft.nodes().stream()
                            .filter(node -> !node.gives(NodeKeys.LINK_LOCAL))
                            .toList(),
                    "IPv6 multicast adverts come from a link-local address, and %s no linkLocal; add it, or set"
                            + " unicast: true");
            return;
        }
        refuseNodes(
                at,
                draft.nodes().stream()
                        .filter(node -> node.get(NodeKeys.ADDRESS)
                                .filter(address -> address instanceof Inet6Address != ipv6)
                                .isPresent())
                        .toList(),
                family(ipv6) + " adverts" + (unicast.get() ? " by unicast" : "") + " need nodes with " + family(ipv6)
                        + " addresses, and %s another family; correct the addresses"
                        + (ipv6 ? ", or leave unicast out" : ""));
    }

    private void refuseNodes(Mark at, List<Entry> nodes, String sentence) {
        List<String> names = nodes.stream()
                .map(node -> node.get(NodeKeys.NAME).orElse(null))
                .filter(Objects::nonNull)
                .toList();
        if (!names.isEmpty()) {
            String who = (names.size() == 1 ? "node " : "nodes ") + String.join(", ", names);
            problems.add(at, String.format(sentence, who + (names.size() == 1 ? " has" : " have")));
        }
    }

    private static String family(boolean ipv6) {
        return ipv6 ? "IPv6" : "IPv4";
    }
}
