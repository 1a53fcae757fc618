package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.baseChain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of one address family. A packet for a VIP goes through it in this order:
 *
 * <ol>
 *   <li>{@code dispatch}, before connection tracking: a packet from a client belongs to a slot by its hash; a slot of
 *       another node is copied to that node and dropped here. A packet from a peer has been dispatched already.
 *   <li>{@code again}, after connection tracking: one in mid-stream that this node does not know goes to the next node
 *       of the ring. That makes a change of the map harmless, even while the nodes disagree about it. A SYN that was not
 *       answered here goes to another node.
 *   <li>{@code serve}: the address of the own backend takes the place of the VIP.
 * </ol>
 *
 * <p>{@code local} and {@code source} balance what this node and its pods send to the VIP, where they are. {@code answers} keeps
 * back the reset that answers a SYN, as long as any backend is ready: the client repeats the SYN after a second, and then it is
 * another node's. It also drops answers that would leave without the VIP's address.
 *
 * <p>{@code received} and {@code sent} count what the backends get and give, {@code opened} and {@code source} the new
 * connections: those of clients at the node that serves them, those of a node's own at that node.
 *
 * <p>Of all that a frontend which the proxy serves has {@code again} alone. The empty chain {@code translation} is there as
 * long as connections may be left whose addresses were translated: where no table of the host has a nat chain any more, the
 * kernel ends all translation, and they hang (nf_nat_unregister_fn in net/netfilter/nf_nat_core.c).
 */
final class FamilyTable extends RuleTable {
    private final List<RingRules> rings = new ArrayList<>();
    /** Of the frontends that the proxy does not serve. */
    private final List<DispatchRules> dispatched = new ArrayList<>();

    private final boolean translating;

    FamilyTable(ClusterView view, boolean ipv6) {
        super(ipv6 ? "ip6" : "ip", view);
        translating = view.translating();
        for (KernelFrontend frontend : view.frontends(ipv6)) {
            Packets packets = new Packets(frontend, rings.size());
            rings.add(new RingRules(packets, view.certainty()));
            if (!frontend.isProxied()) {
                dispatched.add(new DispatchRules(packets, view.certainty()));
            }
        }
    }

    @Override
    boolean isEmpty() {
        return rings.isEmpty();
    }

    @Override
    String structure() {
        boolean onlyRings = translating && dispatched.isEmpty();
        return (onlyRings ? baseChain("translation", "nat hook prerouting priority dstnat - 5", "") : "")
                + each(rings, RingRules::copies)
                + RingRules.last(family)
                + hooked(
                        "again",
                        "filter hook prerouting priority mangle + 5",
                        each(rings, RingRules::entrance) + each(dispatched, DispatchRules::again))
                + each(dispatched, DispatchRules::structure)
                + hooked(
                        "dispatch",
                        "filter hook prerouting priority raw - 10",
                        each(dispatched, DispatchRules::dispatch))
                + hooked("serve", "nat hook prerouting priority dstnat - 5", each(dispatched, DispatchRules::toServe))
                + hooked("local", "nat hook output priority -105", each(dispatched, DispatchRules::toLocal))
                + hooked("opened", "nat hook input priority 95", each(dispatched, DispatchRules::opened))
                + hooked("source", "nat hook postrouting priority srcnat - 5", each(dispatched, DispatchRules::source))
                + hooked("answers", "filter hook output priority mangle + 5", each(dispatched, DispatchRules::answers))
                + hooked("received", "filter hook input priority filter", each(dispatched, DispatchRules::received))
                + hooked("sent", "filter hook postrouting priority srcnat - 10", each(dispatched, DispatchRules::sent));
    }

    /** A chain without rules would cost every packet of the host a call. */
    private static String hooked(String name, String hook, String rules) {
        return rules.isEmpty() ? "" : baseChain(name, hook, rules);
    }

    @Override
    String state() {
        return each(dispatched, DispatchRules::state) + each(rings, RingRules::state);
    }

    @Override
    List<String> mapsOfState() {
        return all(dispatched, DispatchRules::maps);
    }

    @Override
    List<String> chainsOfState() {
        return Stream.concat(all(dispatched, DispatchRules::chains).stream(), all(rings, RingRules::chains).stream())
                .toList();
    }
}
