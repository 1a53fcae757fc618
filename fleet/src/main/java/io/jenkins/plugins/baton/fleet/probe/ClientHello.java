package io.jenkins.plugins.baton.fleet.probe;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A TLS ClientHello that every server answers and none computes for: it offers only TLS_RSA_WITH_NULL_MD5 (RFC 5246
 * appendix A.5), so the answer is the alert handshake_failure. That answer comes from the server itself: a completed TCP
 * handshake proves less, since the kernel of a host completes it for a frozen process too. OpenSSL, BoringSSL and Go (etcd, kube-apiserver) answer so.
 */
final class ClientHello {
    private static final byte[] RECORD = HexFormat.of()
            .parseHex("16" + "0301" + "002d" // record: handshake, 45 bytes
                    + "01" + "000029" + "0303" // ClientHello of 41 bytes, TLS 1.2
                    + "6261746f6e".repeat(6) + "0000" // random; nothing is derived from it
                    + "00" // no session
                    + "0002" + "0001" // one cipher suite
                    + "01" + "00"); // no compression

    private ClientHello() {}

    static ByteBuffer record() {
        return ByteBuffer.wrap(RECORD);
    }

    /** Whether the first byte of an answer begins a TLS record: an alert or a handshake. */
    static boolean isAnswer(byte first) {
        return first == 0x15 || first == 0x16;
    }
}
