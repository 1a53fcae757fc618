package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.chain;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * A shorter way for most of what {@link DispatchRules} send to other nodes: as soon as the interface has a packet in
 * mid-stream it goes out again, without a copy, a route, or another rule of the host. What is not taken here (SYNs,
 * fragments, a slot of this node's own) goes the long way.
 *
 * <p>An interface sees more than the host: frames for others, and those of VLANs above it, whose tag stands apart from the
 * frame.
 */
final class IngressForwarding extends RuleTable {
    static final String FAMILY = "netdev";

    private final List<Packets> frontends = new ArrayList<>();
    private final Certainty certainty;

    IngressForwarding(ClusterView view) {
        super(FAMILY, view);
        certainty = view.certainty();
        for (KernelFrontend frontend : view.frontends()) {
            if (!frontend.isProxied()) {
                frontends.add(new Packets(frontend, frontends.size()));
            }
        }
    }

    @Override
    boolean isEmpty() {
        return frontends.isEmpty();
    }

    @Override
    String structure() {
        List<String> interfaces =
                frontends.stream().map(Packets::eth).distinct().toList();
        return each(frontends, packets -> packets.copies(member -> rule("fwd " + packets.ip() + packets.to(member))))
                + each(frontends, packets -> chain(packets.named("dispatch"), ""))
                + each(interfaces, this::ingress);
    }

    private String ingress(String eth) {
        List<Packets> here =
                frontends.stream().filter(packets -> packets.eth().equals(eth)).toList();
        String name = "ingress" + frontends.indexOf(here.get(0));
        return NftSyntax.baseChain(
                name,
                "filter hook ingress device " + eth + " priority 0",
                each(
                        here,
                        packets -> rule("meta pkttype host ether type " + packets.ip() + " " + whole(packets) + " "
                                + packets.toVip()
                                + " tcp flags & syn == 0 " + Packets.FROM_CLIENT + " goto "
                                + packets.named("dispatch"))));
    }

    /** No fragment: the host puts those together first. */
    private static String whole(Packets packets) {
        return packets.frontend().isIpv6() ? "exthdr frag missing" : "ip frag-off & 0x3fff == 0";
    }

    @Override
    String state() {
        return each(frontends, this::state);
    }

    private String state(Packets packets) {
        KernelFrontend frontend = packets.frontend();
        String away = packets.prepared(certainty) + rule(Slots.hash(packets) + " vmap @" + packets.named("slots"));
        return new Slots(packets)
                        .map(
                                "slots",
                                "verdict",
                                claimants -> claimants.stream()
                                        .findFirst()
                                        .filter(member -> member != frontend.own())
                                        .map(member -> "goto " + packets.copy(member)))
                + chain(packets.named("dispatch"), frontend.toProxy() ? "" : away);
    }

    @Override
    List<String> mapsOfState() {
        return frontends.stream().map(packets -> packets.named("slots")).toList();
    }

    @Override
    List<String> chainsOfState() {
        return frontends.stream().map(packets -> packets.named("dispatch")).toList();
    }
}
