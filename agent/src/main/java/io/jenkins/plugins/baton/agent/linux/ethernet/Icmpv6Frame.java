package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;

/** An ICMPv6 message with its Ethernet and IPv6 headers before it, hop limit 255 as neighbour discovery demands. */
public final class Icmpv6Frame {
    public static final int ETHERTYPE_IPV6 = 0x86dd;
    static final int OFFSET_MESSAGE = 14 + 40;

    private static final int ICMPV6 = 58;
    private static final int HOP_LIMIT = 255;
    private static final int OFFSET_NEXT_HEADER = 14 + 6;
    private static final int OFFSET_HOP_LIMIT = 14 + 7;

    private Icmpv6Frame() {}

    /** @param message of even length, its checksum zero */
    static byte[] of(MacAddress from, MacAddress to, byte[] source, byte[] destination, byte[] message) {
        byte[] pseudoHeader = StructWriter.of(40)
                .bytes(source)
                .bytes(destination)
                .net16(0)
                .net16(message.length)
                .net16(0)
                .net16(ICMPV6)
                .array();
        int checksum = InternetChecksum.of(pseudoHeader, message);
        return StructWriter.of(OFFSET_MESSAGE + message.length)
                .net48(to.bits())
                .net48(from.bits())
                .net16(ETHERTYPE_IPV6)
                .net16(0x6000)
                .net16(0)
                .net16(message.length)
                .int8(ICMPV6)
                .int8(HOP_LIMIT)
                .bytes(source)
                .bytes(destination)
                .bytes(message, 0, 2)
                .net16(checksum)
                .bytes(message, 4, message.length)
                .array();
    }

    /** Whether the frame holds an ICMPv6 message of at least this length that no router forwarded. */
    static boolean isLocal(byte[] frame, int messageLength) {
        return frame.length >= OFFSET_MESSAGE + messageLength
                && (frame[12] & 0xff) == ETHERTYPE_IPV6 >>> 8
                && (frame[13] & 0xff) == (ETHERTYPE_IPV6 & 0xff)
                && frame[OFFSET_NEXT_HEADER] == ICMPV6
                && (frame[OFFSET_HOP_LIMIT] & 0xff) == HOP_LIMIT;
    }
}
