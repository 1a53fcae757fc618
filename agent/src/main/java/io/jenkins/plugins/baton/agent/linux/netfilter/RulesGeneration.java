package io.jenkins.plugins.baton.agent.linux.netfilter;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.ChangeSignal;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkRequest;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkSession;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkSocket;
import java.nio.ByteOrder;

/**
 * The number that nftables gives each transaction: as long as it stays the same, nobody in this network namespace has
 * changed a rule. To ask takes some 20 microseconds, however many rules there are.
 */
public final class RulesGeneration implements AutoCloseable {
    private static final int NFT_MSG_NEWGEN = 15;
    private static final int NFT_MSG_GETGEN = 16;
    private static final int NFTA_GEN_ID = 1;
    private static final int NFNLGRP_NFTABLES = 7;

    private final NetlinkSession kernel;

    private RulesGeneration(NetlinkSession kernel) {
        this.kernel = kernel;
    }

    public static RulesGeneration open() throws LinuxException {
        return new RulesGeneration(NetlinkSession.open(NetlinkSocket.NETFILTER));
    }

    /** Tells that {@link #now} is another: whoever made a transaction, the kernel tells of it when it is done. */
    public static ChangeSignal changes() throws LinuxException {
        return ChangeSignal.open(
                NetlinkSocket.NETFILTER,
                NFNLGRP_NFTABLES,
                NetfilterMessage.type(NetfilterMessage.NFNL_SUBSYS_NFTABLES, NFT_MSG_NEWGEN),
                "receive events of nftables");
    }

    public int now() throws LinuxException {
        int[] generation = new int[1];
        NetlinkRequest request = NetfilterMessage.request(
                NetfilterMessage.type(NetfilterMessage.NFNL_SUBSYS_NFTABLES, NFT_MSG_GETGEN),
                NetlinkRequest.FLAG_ACK,
                0);
        kernel.exchange("ask for the generation of the rules of nftables", request, message -> {
            if (message.type() == NetfilterMessage.type(NetfilterMessage.NFNL_SUBSYS_NFTABLES, NFT_MSG_NEWGEN)) {
                message.attribute(NetfilterMessage.SIZEOF_NFGENMSG, NFTA_GEN_ID)
                        .ifPresent(id ->
                                generation[0] = id.order(ByteOrder.BIG_ENDIAN).getInt(0));
            }
        });
        return generation[0];
    }

    @Override
    public void close() {
        kernel.close();
    }
}
