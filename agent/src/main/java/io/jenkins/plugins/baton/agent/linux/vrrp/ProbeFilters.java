package io.jenkins.plugins.baton.agent.linux.vrrp;

import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.accept;
import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.equal;
import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.half;
import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.halfBehindHeader;
import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.headerLength;
import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.masked;
import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.octet;
import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.octetBehindHeader;
import static io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter.refuse;

import io.jenkins.plugins.baton.agent.linux.ethernet.FrameFilter;

/** By which the kernel knows a {@link ProbePacket} among all others. */
final class ProbeFilters {
    /** IP packets from their IP header on. */
    static final FrameFilter PACKETS = new FrameFilter(
            octet(0),
            masked(0xf0),
            equal(0x40, 0, 8),
            headerLength(),
            octet(9),
            equal(VrrpSocket.PROTOCOL, 0, 2),
            octetBehindHeader(1),
            equal(ProbePacket.VIRTUAL_ROUTER_ID, 10, 11),
            equal(ProbePacket.IPPROTO_TCP, 0, 10),
            halfBehindHeader(14),
            equal(ProbePacket.WINDOW, 7, 8),
            octet(6),
            equal(VrrpSocket.PROTOCOL, 0, 2),
            octet(41),
            equal(ProbePacket.VIRTUAL_ROUTER_ID, 3, 4),
            equal(ProbePacket.IPPROTO_TCP, 0, 3),
            half(54),
            equal(ProbePacket.WINDOW, 0, 1),
            accept(),
            refuse());

    /** What a raw socket for VRRP over IPv6 gets, which begins behind the IP header. */
    static final FrameFilter VRRP =
            new FrameFilter(octet(1), equal(ProbePacket.VIRTUAL_ROUTER_ID, 0, 1), accept(), refuse());

    /** What a raw socket for TCP over IPv6 gets. */
    static final FrameFilter TCP = new FrameFilter(half(14), equal(ProbePacket.WINDOW, 0, 1), accept(), refuse());

    private ProbeFilters() {}
}
