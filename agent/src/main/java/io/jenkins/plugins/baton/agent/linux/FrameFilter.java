package io.jenkins.plugins.baton.agent.linux;

/**
 * Which frames wake the reader of a {@link PacketSocket}: classic BPF (linux/filter.h), run by the kernel for each frame of
 * the socket's ether type. Without it every IPv6 packet of the node would be copied to a socket that waits for neighbours.
 */
enum FrameFilter {
    /** ARP replies. */
    ARP_REPLIES(half(20), equal(2, 0, 1), accept(), refuse()),

    /** ICMPv6 neighbour advertisements, without extension headers before them (RFC 6980 forbids fragments). */
    NEIGHBOUR_ADVERTISEMENTS(octet(20), equal(58, 0, 3), octet(54), equal(136, 0, 1), accept(), refuse()),

    /** IP packets from their IP header on: probes, see {@link ProbePacket}. */
    PROBES(
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
            refuse()),

    /** What a raw socket for VRRP over IPv6 gets, which begins behind the IP header: probes. */
    VRRP_PROBES(octet(1), equal(ProbePacket.VIRTUAL_ROUTER_ID, 0, 1), accept(), refuse()),

    /** What a raw socket for TCP over IPv6 gets: probes. */
    TCP_PROBES(half(14), equal(ProbePacket.WINDOW, 0, 1), accept(), refuse());

    private final NativeMemory program;

    FrameFilter(long... instructions) {
        program = new NativeMemory(instructions.length * Long.BYTES);
        for (long instruction : instructions) {
            program.bytes()
                    .putShort((short) (instruction >>> 48))
                    .put((byte) (instruction >>> 40))
                    .put((byte) (instruction >>> 32))
                    .putInt((int) instruction);
        }
    }

    /** struct sock_fprog. */
    byte[] structure() {
        return StructWriter.of(16)
                .int16(program.size() / Long.BYTES)
                .zeros(6)
                .int64(program.address())
                .array();
    }

    /** BPF_LD | BPF_H | BPF_ABS */
    private static long half(int offset) {
        return instruction(0x28, 0, 0, offset);
    }

    /** BPF_LD | BPF_B | BPF_ABS */
    private static long octet(int offset) {
        return instruction(0x30, 0, 0, offset);
    }

    /** BPF_ALU | BPF_AND | BPF_K */
    private static long masked(int mask) {
        return instruction(0x54, 0, 0, mask);
    }

    /** BPF_LDX | BPF_B | BPF_MSH: the length of the IPv4 header at 0. */
    private static long headerLength() {
        return instruction(0xb1, 0, 0, 0);
    }

    /** BPF_LD | BPF_B | BPF_IND */
    private static long octetBehindHeader(int offset) {
        return instruction(0x50, 0, 0, offset);
    }

    /** BPF_LD | BPF_H | BPF_IND */
    private static long halfBehindHeader(int offset) {
        return instruction(0x48, 0, 0, offset);
    }

    /** BPF_JMP | BPF_JEQ | BPF_K; skips that many instructions when it is equal, or when it is not. */
    private static long equal(int value, int skipIfEqual, int skipIfNot) {
        return instruction(0x15, skipIfEqual, skipIfNot, value);
    }

    /** BPF_RET | BPF_K */
    private static long accept() {
        return instruction(0x06, 0, 0, 0xffff);
    }

    private static long refuse() {
        return instruction(0x06, 0, 0, 0);
    }

    private static long instruction(int code, int ifTrue, int ifFalse, int operand) {
        return (long) code << 48 | (long) ifTrue << 40 | (long) ifFalse << 32 | operand;
    }
}
