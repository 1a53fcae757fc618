package io.jenkins.plugins.baton.agent.linux.ethernet;

/** The checksum of RFC 1071. */
public final class InternetChecksum {
    private InternetChecksum() {}

    /** Over the concatenation of parts of even length, in which the checksum field itself is zero. */
    public static int of(byte[]... parts) {
        int sum = 0;
        for (byte[] part : parts) {
            for (int i = 0; i < part.length; i += 2) {
                sum += (part[i] & 0xff) << 8 | part[i + 1] & 0xff;
            }
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
