package io.jenkins.plugins.baton.agent.linux.netfilter;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkMessage;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkRequest;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkSession;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of nftables as the kernel has them, without libnftables (linux/netfilter/nf_tables.h): to see and delete
 * them where that library is gone. Families are called as nft(8) calls them.
 */
public final class RuleTables implements AutoCloseable {
    private static final int NFNL_MSG_BATCH_BEGIN = 0x10;
    private static final int NFNL_MSG_BATCH_END = 0x11;
    private static final int NFT_MSG_NEWTABLE = 0;
    private static final int NFT_MSG_GETTABLE = 1;
    private static final int NFT_MSG_DELTABLE = 2;
    private static final int NFT_MSG_NEWRULE = 6;
    private static final int NFT_MSG_GETRULE = 7;
    private static final int NFTA_TABLE_NAME = 1;
    private static final int NFTA_RULE_TABLE = 1;
    private static final int NFTA_RULE_USERDATA = 7;
    /** What libnftables keeps in the user data of a rule: its comment (type, length, text with a final zero). */
    private static final int UDATA_RULE_COMMENT = 0;

    /** NFPROTO_* (linux/netfilter.h). */
    private static final Map<String, Integer> FAMILIES = families();

    private final NetlinkSession kernel;

    private RuleTables(NetlinkSession kernel) {
        this.kernel = kernel;
    }

    private static Map<String, Integer> families() {
        Map<String, Integer> families = new LinkedHashMap<>();
        families.put("inet", 1);
        families.put("ip", 2);
        families.put("arp", 3);
        families.put("netdev", 5);
        families.put("bridge", 7);
        families.put("ip6", 10);
        return families;
    }

    public static RuleTables open() throws LinuxException {
        return new RuleTables(NetlinkSession.open(NetlinkSocket.NETFILTER));
    }

    /** The families that have a table of this name; none where the kernel has no nftables. */
    public List<String> families(String table) throws LinuxException {
        List<String> found = new ArrayList<>();
        try {
            kernel.ask(
                    "list the tables of nftables",
                    request(NFT_MSG_GETTABLE, NetlinkRequest.FLAG_DUMP, 0),
                    found::clear,
                    message -> {
                        if (message.type() == type(NFT_MSG_NEWTABLE) && isOf(message, NFTA_TABLE_NAME, table)) {
                            family(message).ifPresent(found::add);
                        }
                    });
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
        }
        return found;
    }

    /** The comments of a table's rules. */
    public List<String> comments(String family, String table) throws LinuxException {
        List<String> comments = new ArrayList<>();
        kernel.ask(
                "list the rules of nftables",
                request(NFT_MSG_GETRULE, NetlinkRequest.FLAG_DUMP, FAMILIES.get(family)),
                comments::clear,
                message -> {
                    if (message.type() == type(NFT_MSG_NEWRULE) && isOf(message, NFTA_RULE_TABLE, table)) {
                        message.attribute(NetfilterMessage.SIZEOF_NFGENMSG, NFTA_RULE_USERDATA)
                                .flatMap(RuleTables::comment)
                                .ifPresent(comments::add);
                    }
                });
        return comments;
    }

    /** Deletes the tables of this name, with all that is in them, at one moment. */
    public void delete(List<String> families, String table) throws LinuxException {
        if (families.isEmpty()) {
            return;
        }
        List<NetlinkRequest> batch = new ArrayList<>();
        batch.add(border(NFNL_MSG_BATCH_BEGIN));
        for (int i = 0; i < families.size(); i++) {
            // The answer to the last stands for all: an error would come before it.
            int flags = i == families.size() - 1 ? NetlinkRequest.FLAG_ACK : 0;
            batch.add(request(NFT_MSG_DELTABLE, flags, FAMILIES.get(families.get(i)))
                    .attribute(NFTA_TABLE_NAME, table));
        }
        batch.add(border(NFNL_MSG_BATCH_END));
        kernel.transact("delete the tables " + table + " of nftables", batch);
    }

    private static int type(int message) {
        return NetfilterMessage.type(NetfilterMessage.NFNL_SUBSYS_NFTABLES, message);
    }

    private static NetlinkRequest request(int message, int flags, int family) {
        return NetfilterMessage.request(type(message), flags, family);
    }

    /** The resource of the batch, in network order, is the subsystem. */
    private static NetlinkRequest border(int type) {
        return NetlinkRequest.of(type, 0, new byte[] {0, 0, 0, NetfilterMessage.NFNL_SUBSYS_NFTABLES});
    }

    private static boolean isOf(NetlinkMessage message, int attribute, String name) {
        return message.attribute(NetfilterMessage.SIZEOF_NFGENMSG, attribute)
                .map(NetlinkMessage::text)
                .filter(name::equals)
                .isPresent();
    }

    static Optional<String> family(NetlinkMessage message) {
        if (message.isShorterThan(NetfilterMessage.SIZEOF_NFGENMSG)) {
            return Optional.empty();
        }
        int number = message.body().get(0);
        return FAMILIES.entrySet().stream()
                .filter(family -> family.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static Optional<String> comment(ByteBuffer userData) {
        for (int at = 0; at + 2 <= userData.limit(); at += 2 + (userData.get(at + 1) & 0xff)) {
            int length = userData.get(at + 1) & 0xff;
            if (userData.get(at) == UDATA_RULE_COMMENT && at + 2 + length <= userData.limit()) {
                return Optional.of(NetlinkMessage.text(userData.slice(at + 2, length)));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
