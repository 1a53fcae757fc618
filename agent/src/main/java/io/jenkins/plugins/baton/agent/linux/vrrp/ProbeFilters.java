package io.jenkins.plugins.baton.agent.linux.vrrp;

import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.accept;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.equal;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.half;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.halfBehindHeader;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.headerLength;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.masked;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.octet;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.octetBehindHeader;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.refuse;

import io.jenkins.plugins.baton.agent.linux.libc.SocketFilter;

/** By which the kernel knows a {@link ProbePacket} among all others. */
final class ProbeFilters {
    /** IP packets from their IP header on. */
    static final SocketFilter PACKETS = new SocketFilter(
            octet(0),
            masked(0xf0),
            equal(0x40, 0, 8),
            headerLength(0),
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
    static final SocketFilter VRRP =
            new SocketFilter(octet(1), equal(ProbePacket.VIRTUAL_ROUTER_ID, 0, 1), accept(), refuse());

    /** What a raw socket for TCP over IPv6 gets. */
    static final SocketFilter TCP = new SocketFilter(half(14), equal(ProbePacket.WINDOW, 0, 1), accept(), refuse());

    private ProbeFilters() {}
}
