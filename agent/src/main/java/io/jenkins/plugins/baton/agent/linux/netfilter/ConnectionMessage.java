package io.jenkins.plugins.baton.agent.linux.netfilter;

import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkAttributes;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkMessage;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** {@code IPCTNL_MSG_CT_*}: the messages of ctnetlink; pure. */
final class ConnectionMessage {
    private static final int NFNL_SUBSYS_CTNETLINK = 1;
    private static final int NEW = NetfilterMessage.type(NFNL_SUBSYS_CTNETLINK, 0);
    private static final int GET = NetfilterMessage.type(NFNL_SUBSYS_CTNETLINK, 1);
    private static final int DELETE = NetfilterMessage.type(NFNL_SUBSYS_CTNETLINK, 2);
    private static final int CTA_TUPLE_ORIG = 1;
    private static final int CTA_TUPLE_REPLY = 2;
    private static final int CTA_PROTOINFO = 4;
    private static final int CTA_FILTER = 25;
    private static final int CTA_TUPLE_IP = 1;
    private static final int CTA_TUPLE_PROTO = 2;
    private static final int CTA_IP_V4_SRC = 1;
    private static final int CTA_IP_V4_DST = 2;
    private static final int CTA_IP_V6_SRC = 3;
    private static final int CTA_IP_V6_DST = 4;
    private static final int CTA_PROTO_NUM = 1;
    private static final int CTA_PROTO_SRC_PORT = 2;
    private static final int CTA_PROTO_DST_PORT = 3;
    private static final int CTA_PROTOINFO_TCP = 1;
    private static final int CTA_PROTOINFO_TCP_STATE = 1;
    private static final int CTA_FILTER_ORIG_FLAGS = 1;
    private static final int CTA_FILTER_REPLY_FLAGS = 2;
    /** CTA_FILTER_F_*: the protocol's number and the destination's port. */
    private static final int PORT = 1 << 3 | 1 << 5;
    /** The destination; kernels compare IPv6 addresses the wrong way round and would leave out those that are wanted. */
    private static final int IPV4_DESTINATION = 1 << 1;

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_CONNTRACK_ESTABLISHED = 3;
    private static final int TCP_CONNTRACK_TIME_WAIT = 7;

    private ConnectionMessage() {}

    /** Those that were opened to this address and port, and others, which {@link #read} leaves out. */
    static NetlinkRequest get(InetAddress address, int port) {
        boolean ipv6 = address instanceof Inet6Address;
        NetlinkAttributes tuple = tuple(
                new NetlinkAttributes().put(ipv6 ? CTA_IP_V6_DST : CTA_IP_V4_DST, address.getAddress()),
                protocol(IPPROTO_TCP).put(CTA_PROTO_DST_PORT, number(port)));
        NetlinkAttributes filter = new NetlinkAttributes()
                .put(
                        CTA_FILTER_ORIG_FLAGS,
                        StructWriter.of(4)
                                .int32(ipv6 ? PORT : PORT | IPV4_DESTINATION)
                                .array())
                .put(CTA_FILTER_REPLY_FLAGS, StructWriter.of(4).array());
        return NetfilterMessage.request(GET, NetlinkRequest.FLAG_DUMP, family(ipv6))
                .nested(CTA_TUPLE_ORIG, tuple)
                .nested(CTA_FILTER, filter);
    }

    static NetlinkRequest delete(boolean ipv6, byte[] tuple) {
        return NetfilterMessage.request(DELETE, NetlinkRequest.FLAG_ACK, family(ipv6))
                .attribute(CTA_TUPLE_ORIG | NetlinkAttributes.NESTED, tuple);
    }

    /** Of a protocol without ports. */
    static byte[] tuple(InetAddress source, InetAddress destination, int protocol) {
        return tuple(addresses(source, destination), protocol(protocol)).bytes();
    }

    /** What identifies a connection to the kernel: the content of CTA_TUPLE_ORIG. */
    static byte[] tuple(InetSocketAddress from, InetSocketAddress to) {
        NetlinkAttributes ports = protocol(IPPROTO_TCP)
                .put(CTA_PROTO_SRC_PORT, number(from.getPort()))
                .put(CTA_PROTO_DST_PORT, number(to.getPort()));
        return tuple(addresses(from.getAddress(), to.getAddress()), ports).bytes();
    }

    private static NetlinkAttributes tuple(NetlinkAttributes addresses, NetlinkAttributes protocol) {
        return new NetlinkAttributes().put(CTA_TUPLE_IP, addresses).put(CTA_TUPLE_PROTO, protocol);
    }

    private static NetlinkAttributes addresses(InetAddress source, InetAddress destination) {
        boolean ipv6 = source instanceof Inet6Address;
        return new NetlinkAttributes()
                .put(ipv6 ? CTA_IP_V6_SRC : CTA_IP_V4_SRC, source.getAddress())
                .put(ipv6 ? CTA_IP_V6_DST : CTA_IP_V4_DST, destination.getAddress());
    }

    private static NetlinkAttributes protocol(int number) {
        return new NetlinkAttributes().put(CTA_PROTO_NUM, new byte[] {(byte) number});
    }

    private static byte[] number(int port) {
        return StructWriter.of(2).net16(port).array();
    }

    private static int family(boolean ipv6) {
        return ipv6 ? Socket.AF_INET6 : Socket.AF_INET;
    }

    /** Empty when it was opened to another address or port. */
    static Optional<Connection> read(NetlinkMessage message, InetAddress address, int port) {
        Optional<ByteBuffer> original = attribute(message, CTA_TUPLE_ORIG);
        Optional<ByteBuffer> reply = attribute(message, CTA_TUPLE_REPLY);
        boolean ours = message.type() == NEW
                && original.flatMap(ConnectionMessage::destination)
                        .filter(address::equals)
                        .isPresent()
                && original.flatMap(ConnectionMessage::destinationPort)
                        .filter(number -> number == port)
                        .isPresent();
        if (!ours) {
            return Optional.empty();
        }
        int state = state(message);
        return original.flatMap(ConnectionMessage::source)
                .flatMap(client -> reply.flatMap(ConnectionMessage::source)
                        .map(server -> new Connection(
                                client,
                                server,
                                state == TCP_CONNTRACK_ESTABLISHED,
                                state == TCP_CONNTRACK_TIME_WAIT,
                                NetlinkMessage.bytes(original.get()))));
    }

    /** {@code enum tcp_conntrack} of linux/netfilter/nf_conntrack_tcp.h; 0 (none) when the message does not tell. */
    private static int state(NetlinkMessage message) {
        return attribute(message, CTA_PROTOINFO)
                .flatMap(info -> NetlinkMessage.nested(info, CTA_PROTOINFO_TCP))
                .flatMap(tcp -> NetlinkMessage.nested(tcp, CTA_PROTOINFO_TCP_STATE, 1))
                .map(state -> (int) state.get(0))
                .orElse(0);
    }

    private static Optional<InetAddress> source(ByteBuffer tuple) {
        return address(tuple, CTA_IP_V4_SRC, CTA_IP_V6_SRC);
    }

    private static Optional<InetAddress> destination(ByteBuffer tuple) {
        return address(tuple, CTA_IP_V4_DST, CTA_IP_V6_DST);
    }

    private static Optional<InetAddress> address(ByteBuffer tuple, int ipv4, int ipv6) {
        return NetlinkMessage.nested(tuple, CTA_TUPLE_IP)
                .flatMap(ip -> NetlinkMessage.nested(ip, ipv4).or(() -> NetlinkMessage.nested(ip, ipv6)))
                .flatMap(NetlinkMessage::address);
    }

    private static Optional<Integer> destinationPort(ByteBuffer tuple) {
        return NetlinkMessage.nested(tuple, CTA_TUPLE_PROTO)
                .flatMap(proto -> NetlinkMessage.nested(proto, CTA_PROTO_DST_PORT, 2))
                .map(port -> port.order(ByteOrder.BIG_ENDIAN).getShort(0) & 0xffff);
    }

    private static Optional<ByteBuffer> attribute(NetlinkMessage message, int type) {
        return message.attribute(NetfilterMessage.SIZEOF_NFGENMSG, type);
    }
}
