package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.ethernet.InternetChecksum;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import java.net.InetSocketAddress;

/** A TCP acknowledgement over IPv4 that no connection of this host has sent: RFC 9293, 3.1, behind the header of RFC 791. */
final class StraySegment {
    private static final int IPPROTO_TCP = 6;
    /** Implies that the packet has its IP header; the kernel adds length, identification and checksum (raw(7)). */
    private static final int IPPROTO_RAW = 255;

    private static final int ACK = 0x10;
    private static final int TTL = 64;

    private StraySegment() {}

    /** @return whether it left this host, and no rule kept it back */
    static boolean send(InetSocketAddress from, InetSocketAddress to, int sequence, int acknowledged)
            throws LinuxException {
        byte[] addresses = StructWriter.of(8)
                .bytes(from.getAddress().getAddress())
                .bytes(to.getAddress().getAddress())
                .array();
        byte[] pseudo = StructWriter.of(4).net16(IPPROTO_TCP).net16(20).array();
        int checksum = InternetChecksum.of(addresses, pseudo, segment(from, to, sequence, acknowledged, 0));
        byte[] packet = StructWriter.of(40)
                .int8(0x45)
                .zeros(7)
                .int8(TTL)
                .int8(IPPROTO_TCP)
                .zeros(2)
                .bytes(addresses)
                .bytes(segment(from, to, sequence, acknowledged, checksum))
                .array();
        byte[] target = StructWriter.of(16)
                .int16(Socket.AF_INET)
                .zeros(2)
                .bytes(to.getAddress().getAddress())
                .array();
        try (Socket raw = Socket.open("for any packet", Socket.AF_INET, Socket.RAW, IPPROTO_RAW)) {
            raw.send("send a segment", packet, target);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.EPERM) {
                return false;
            }
            throw e;
        }
    }

    private static byte[] segment(
            InetSocketAddress from, InetSocketAddress to, int sequence, int acknowledged, int checksum) {
        return StructWriter.of(20)
                .net16(from.getPort())
                .net16(to.getPort())
                .net16(sequence >>> 16)
                .net16(sequence)
                .net16(acknowledged >>> 16)
                .net16(acknowledged)
                .int8(5 << 4)
                .int8(ACK)
                .net16(1000)
                .net16(checksum)
                .net16(0)
                .array();
    }
}
