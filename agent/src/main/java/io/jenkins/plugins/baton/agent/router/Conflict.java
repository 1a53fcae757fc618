package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Somebody else on the segment uses what belongs to a virtual router of ours.
 *
 * @param kind what it does
 * @param source where it says that it is
 * @param mac its Ethernet address, where it is known
 * @param virtualRouterId 1..255
 * @param addresses the virtual addresses that it names; empty when it names none
 * @param since when it was first seen
 * @param count packets seen
 */
public record Conflict(
        Kind kind,
        InetAddress source,
        Optional<MacAddress> mac,
        int virtualRouterId,
        List<InetAddress> addresses,
        Instant since,
        long count) {

    /** What somebody does. */
    public enum Kind {
        /** It advertises with our VRID and is no node of the cluster file. */
        VRRP,
        /** The same by CARP, which shares protocol number, group address and virtual MAC with VRRP. */
        CARP,
        /** It sends in the name of a node whose agent says otherwise, or from another MAC than that node's. */
        FORGERY,
        /** It answers for a virtual address that this node holds. */
        ADDRESS
    }

    public Conflict {
        addresses = List.copyOf(addresses);
    }

    /** What a person should know of it, and do. */
    public String sentence() {
        String sender = source.getHostAddress() + mac.map(m -> " (" + m + ")").orElse("");
        return switch (kind) {
            case VRRP ->
                sender + " advertises " + list() + " with our VRID " + virtualRouterId
                        + " and is not a node of the cluster file; it is ignored. Give one of the two groups another VRID";
            case CARP ->
                sender + " uses CARP (pfSense, OPNsense, BSD) with vhid " + virtualRouterId
                        + ", which is our VRID, and so the same virtual MAC as VRRP routers; it is ignored. Give one of the two"
                        + " groups another number";
            case FORGERY ->
                "somebody sends VRRP packets in the name of " + source.getHostAddress()
                        + mac.map(m -> " from " + m).orElse("")
                        + " that this node's agent did not send; they are ignored. Look for the sender on the segment";
            case ADDRESS ->
                mac.map(m -> m + " answers").orElse("somebody answers") + " for " + source.getHostAddress()
                        + ", which this node holds; the neighbours are told at once that it is here. Look for a host that has"
                        + " the same address, or for an attack";
        };
    }

    private String list() {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
}
