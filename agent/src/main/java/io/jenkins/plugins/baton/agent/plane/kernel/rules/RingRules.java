package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.chain;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.rule;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How a packet in mid-stream finds the node that has its connection: a node that does not know it passes it to the next,
 * round the cluster. How far it has come stands in its DSCP, in the highest values, which have no meaning otherwise.
 *
 * <p>The last node answers with a reset, unless a node on the way was not sure of who is there: the connection may be on one
 * that it left out. Such a node marks what it passes on as ECN marks a packet that met congestion, and a marked one is dropped
 * at the end. A client that hears nothing tries again, for minutes; a mark that a router made costs one repetition, which is
 * not marked (RFC 3168, 6.1.5).
 */
final class RingRules {
    private final Packets packets;
    private final KernelFrontend frontend;
    private final String ip;
    private final boolean sure;

    RingRules(Packets packets, Certainty certainty) {
        this.packets = packets;
        this.frontend = packets.frontend();
        this.ip = packets.ip();
        this.sure = certainty == Certainty.SURE;
    }

    /** What becomes of a packet that nobody knows. */
    static String last(String ip) {
        return chain(
                "last",
                rule(ip + " ecn ce drop") + rule("fib daddr type local accept") + rule("reject with tcp reset"));
    }

    String copies() {
        return packets.copies(member -> rule("dup" + packets.to(member)) + rule("drop"));
    }

    /** Leads to {@link #state}. */
    String entrance() {
        String tooBig = ip.equals("ip6")
                ? "icmpv6 type packet-too-big"
                : "icmp type destination-unreachable icmp code frag-needed";
        String unknown = packets.unknown();
        return (frontend.isProxied() ? rule(unknown + Packets.FROM_CLIENT + " " + packets.unmark()) : "")
                + rule(unknown + "goto " + packets.named("ring"))
                + rule(packets.from() + ip + " daddr " + packets.vips() + " " + tooBig + " " + Packets.FROM_CLIENT
                        + " goto " + packets.named("everyone"));
    }

    /** The chains that depend on which nodes are there. */
    String state() {
        return chain(packets.named("ring"), ring()) + chain(packets.named("everyone"), everyone());
    }

    /** The chains of {@link #state}. */
    List<String> chains() {
        return List.of(packets.named("ring"), packets.named("everyone"));
    }

    private String ring() {
        String end = sure ? "goto last" : "drop";
        OptionalInt member = frontend.next();
        if (member.isEmpty()) {
            return rule(end);
        }
        String next = (sure ? "" : " " + packets.doubt()) + " goto " + packets.copy(member.getAsInt());
        StringBuilder rules = new StringBuilder(rule(ip + " dscp " + KernelFrontend.LAST_HOP + " " + end));
        for (int hop = frontend.firstHop(); hop < KernelFrontend.LAST_HOP; hop++) {
            rules.append(rule(ip + " dscp " + hop + " " + ip + " dscp set " + (hop + 1) + next));
        }
        return rules.append(rule(ip + " dscp set " + frontend.firstHop() + next))
                .toString();
    }

    /** A router's word that a packet was too long is for the node that sent it, whichever that is. */
    private String everyone() {
        return frontend.others().stream()
                .map(member -> rule("dup" + packets.to(member)))
                .collect(Collectors.joining());
    }
}
