package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.SocketFilter;
import io.jenkins.plugins.baton.agent.linux.libc.SocketOption;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.lang.ref.Reference;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of classic BPF (linux/filter.h) that is made at run time, where a {@link SocketFilter} is fixed. What it refuses
 * never wakes the socket's reader. A load beyond the packet's end refuses it.
 */
public final class FilterProgram {
    /** Offsets from here on are relative to the network header (SKF_NET_OFF), or to the Ethernet header (SKF_LL_OFF). */
    public static final int NETWORK_HEADER = -0x100000;

    public static final int ETHERNET_HEADER = -0x200000;
    /** SKF_AD_OFF + SKF_AD_PKTTYPE */
    private static final int PACKET_TYPE = -0x1000 + 4;

    private static final int PACKET_OUTGOING = 4;

    private final List<Long> instructions = new ArrayList<>();
    /** By the number of a jump its label, by the number of a label its place. */
    private final List<int[]> jumps = new ArrayList<>();

    private final List<Integer> labels = new ArrayList<>();
    private SocketFilter code;

    /** A place to jump to, further on. */
    public int label() {
        labels.add(-1);
        return labels.size() - 1;
    }

    /** The label is here. */
    public FilterProgram at(int label) {
        labels.set(label, instructions.size());
        return this;
    }

    FilterProgram word(int offset) {
        return add(SocketFilter.word(offset));
    }

    FilterProgram half(int offset) {
        return add(SocketFilter.half(offset));
    }

    public FilterProgram octet(int offset) {
        return add(SocketFilter.octet(offset));
    }

    /** Behind the IPv4 header that begins at {@code header}. */
    public FilterProgram octetAfterIpv4(int header, int offset) {
        return add(SocketFilter.headerLength(header)).add(SocketFilter.octetBehindHeader(header + offset));
    }

    /** Goes on at the label when what was loaded is equal. */
    public FilterProgram ifEqual(int value, int label) {
        add(SocketFilter.equal(value, 0, 1));
        return jump(label);
    }

    /** Goes on at the label when what was loaded is not equal. */
    public FilterProgram unlessEqual(int value, int label) {
        add(SocketFilter.equal(value, 1, 0));
        return jump(label);
    }

    public FilterProgram jump(int label) {
        jumps.add(new int[] {instructions.size(), label});
        return add(SocketFilter.jump(0));
    }

    /** Goes on at the label when this address is at the offset. */
    public FilterProgram ifAddress(int offset, InetAddress address, int label) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        if (address instanceof Inet4Address) {
            return word(offset).ifEqual(octets.getInt(), label);
        }
        int next = label();
        for (int i = 0; i < octets.capacity(); i += Integer.BYTES) {
            word(offset + i).unlessEqual(octets.getInt(i), next);
        }
        return jump(label).at(next);
    }

    /** Goes on at the label when this Ethernet address is at the offset. */
    public FilterProgram ifMac(int offset, MacAddress mac, int label) {
        int next = label();
        return word(offset)
                .unlessEqual((int) (mac.bits() >>> 16), next)
                .half(offset + 4)
                .ifEqual((int) (mac.bits() & 0xffff), label)
                .at(next);
    }

    /** What this node sends itself is refused. */
    public FilterProgram unlessOutgoing(int refuse) {
        return octet(PACKET_TYPE).ifEqual(PACKET_OUTGOING, refuse);
    }

    public FilterProgram accept() {
        return add(SocketFilter.accept());
    }

    public FilterProgram refuse() {
        return add(SocketFilter.refuse());
    }

    private FilterProgram add(long instruction) {
        instructions.add(instruction);
        return this;
    }

    /** The socket receives only what this program lets through; the kernel keeps a copy. The program is complete. */
    public Socket attachTo(Socket socket) throws LinuxException {
        try {
            socket.set(SocketOption.SO_ATTACH_FILTER, structure());
            return socket;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** struct sock_fprog */
    private byte[] structure() {
        for (int[] jump : jumps) {
            int distance = labels.get(jump[1]) - jump[0] - 1;
            instructions.set(jump[0], SocketFilter.jump(distance));
        }
        jumps.clear();
        code = new SocketFilter(instructions.stream().mapToLong(Long::longValue).toArray());
        return code.structure();
    }
}
