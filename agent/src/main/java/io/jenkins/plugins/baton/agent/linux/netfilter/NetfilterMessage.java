package io.jenkins.plugins.baton.agent.linux.netfilter;

import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkRequest;

/** What the messages of all parts of netfilter begin with: struct nfgenmsg (linux/netfilter/nfnetlink.h); pure. */
final class NetfilterMessage {
    static final int NFNL_SUBSYS_NFTABLES = 10;
    static final int SIZEOF_NFGENMSG = 4;

    private NetfilterMessage() {}

    /** @param subsystem NFNL_SUBSYS_* */
    static int type(int subsystem, int message) {
        return subsystem << 8 | message;
    }

    static NetlinkRequest request(int type, int flags, int family) {
        return NetlinkRequest.of(
                type, flags, StructWriter.of(SIZEOF_NFGENMSG).int8(family).array());
    }
}
