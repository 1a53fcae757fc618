package io.jenkins.plugins.baton.agent.linux.netlink;

import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.accept;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.equal;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.half;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.instruction;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.octet;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.refuse;

import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.SocketFilter;

/**
 * Which events of rtnetlink nobody needs: that an IPv4 address which is there has another lifetime. A MASTER would hear twice
 * a second that it has renewed its own lease. Of an IPv6 address the same event can mean that it may be used from now on.
 */
final class EventFilter {
    private static final int SIZEOF_NLMSGHDR = 16;
    private static final int SIZEOF_IFADDRMSG = 8;
    private static final int OFFSET_TYPE = 4;
    private static final int IFA_CACHEINFO = 6;
    /** Of an attribute's header and struct ifa_cacheinfo (linux/if_addr.h): when it was made, when it was changed. */
    private static final int OFFSET_MADE = 4 + 8;

    private static final int OFFSET_CHANGED = OFFSET_MADE + 4;
    /** SKF_AD_OFF + SKF_AD_NLATTR: where the attribute X is, from A on; 0 when there is none. */
    private static final int FIND_ATTRIBUTE = -0x1000 + 12;

    static final SocketFilter NEWS = new SocketFilter(
            half(OFFSET_TYPE),
            equal(Short.toUnsignedInt(Short.reverseBytes((short) AddressMessage.NEW)), 0, 12),
            octet(SIZEOF_NLMSGHDR),
            equal(Socket.AF_INET, 0, 10),
            instruction(0x01, 0, 0, IFA_CACHEINFO), // BPF_LDX | BPF_IMM
            instruction(0x00, 0, 0, SIZEOF_NLMSGHDR + SIZEOF_IFADDRMSG), // BPF_LD | BPF_IMM
            instruction(0x20, 0, 0, FIND_ATTRIBUTE),
            equal(0, 6, 0),
            instruction(0x07, 0, 0, 0), // BPF_MISC | BPF_TAX
            instruction(0x40, 0, 0, OFFSET_MADE), // BPF_LD | BPF_W | BPF_IND
            instruction(0x02, 0, 0, 0), // BPF_ST
            instruction(0x40, 0, 0, OFFSET_CHANGED),
            instruction(0x61, 0, 0, 0), // BPF_LDX | BPF_MEM
            instruction(0x1d, 0, 1, 0), // BPF_JMP | BPF_JEQ | BPF_X
            accept(),
            refuse());

    private EventFilter() {}
}
