package io.jenkins.plugins.baton.cluster;

import java.nio.charset.StandardCharsets;

/**
 * VRRP version 2 simple password authentication (RFC 2338 section 5.3.6.1, type 1). It keeps mistakes apart, not
 * attackers: the password is on the wire in clear text.
 *
 * @param password 1..8 ASCII characters
 */
public record Authentication(String password) {

    /** The password as the eight octets of the packet's trailer, padded with zeros. */
    public byte[] octets() {
        byte[] trailer = new byte[8];
        byte[] text = password.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, trailer, 0, Math.min(text.length, trailer.length));
        return trailer;
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "Authentication[password=****]";
    }
}
