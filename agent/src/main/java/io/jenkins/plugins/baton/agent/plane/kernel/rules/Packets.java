package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.anyOf;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.rule;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The packets of one frontend, as its rules name them.
 *
 * @param number of the frontend in the table of its family; names of its chains, maps and counters end with it
 */
record Packets(KernelFrontend frontend, int number) {
    /** No peer has dispatched it, or sent it round. */
    static final String FROM_CLIENT = "ether saddr != @peers";

    /** The family, as nft(8) calls it. */
    String ip() {
        return frontend.isIpv6() ? "ip6" : "ip";
    }

    /** A name of this frontend's own. */
    String named(String kind) {
        return kind + number;
    }

    String eth() {
        return '"' + frontend.interfaceName() + '"';
    }

    String from() {
        return "iifname " + eth() + " ";
    }

    String vips() {
        return anyOf(frontend.vips());
    }

    String toVip() {
        return ip() + " daddr " + vips() + " tcp dport " + frontend.port();
    }

    /** In mid-stream, and of no connection that this node knows. */
    String unknown() {
        return from() + toVip() + " ct state new,invalid tcp flags & syn == 0 ";
    }

    /** Also when the backend's address stands in the VIP's place by now. */
    String originallyToVip() {
        return "meta l4proto tcp ct original " + ip() + " daddr " + vips() + " ct original proto-dst "
                + frontend.port();
    }

    /** The chain by which a packet goes to the node of a member instead. */
    String copy(int member) {
        return "copy" + number + "to" + member;
    }

    /** The chains of {@link #copy} for all other nodes; those of nodes that are not there are not gone. */
    String copies(IntFunction<String> rules) {
        return IntStream.range(0, frontend.members().size())
                .filter(member -> member != frontend.own())
                .mapToObj(member -> NftSyntax.chain(copy(member), rules.apply(member)))
                .collect(Collectors.joining());
    }

    /** The end of a statement that sends a packet to the node of a member. */
    String to(int member) {
        return " to " + IpLiteral.text(frontend.members().get(member).address()) + " device " + eth();
    }

    /** Keeps whoever gets it last from a reset: the connection may be on a node that was left out. */
    String doubt() {
        return ip() + " ecn set ce";
    }

    /** What a client's packet is made before its slot says where it goes. */
    String prepared(Certainty certainty) {
        return rule(unmark()) + (certainty == Certainty.CUT_OFF ? rule(doubt()) : "");
    }

    /** A client's own DSCP must not look as if the packet had been sent round. */
    String unmark() {
        return ip() + " dscp >= " + frontend.firstHop() + " " + ip() + " dscp set 0";
    }
}
