package io.jenkins.plugins.baton.probe;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * The first flight of a TLS client, the same bytes each time. The answer comes from the server itself: a completed TCP
 * handshake proves less, since the kernel of a host completes it for a frozen process too.
 */
final class ClientHello {
    /**
     * Every server refuses it and none computes for it: it offers only TLS_RSA_WITH_NULL_MD5 (RFC 5246 appendix A.5). The
     * answer is the alert handshake_failure from OpenSSL, BoringSSL and Go (etcd, kube-apiserver); some servers, Java's
     * among them, close without a word.
     */
    static final ClientHello REFUSED = new ClientHello(HexFormat.of()
            .parseHex("16" + "0301" + "002d" // record: handshake, 45 bytes
                    + "01" + "000029" + "0303" // ClientHello of 41 bytes, TLS 1.2
                    + "6261746f6e".repeat(6) + "0000" // random; nothing is derived from it
                    + "00" // no session
                    + "0002" + "0001" // one cipher suite
                    + "01" + "00")); // no compression

    private final byte[] bytes;

    private ClientHello(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One that servers accept: every server answers it, with its certificate and the work of a signature. */
    static ClientHello accepted() throws SSLException {
        SSLEngine engine = InsecureTls.context().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer flight = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), flight);
        byte[] bytes = new byte[flight.flip().remaining()];
        flight.get(bytes);
        return new ClientHello(bytes);
    }

    ByteBuffer record() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Whether the first byte of an answer begins a TLS record: an alert or a handshake. */
    static boolean isAnswer(byte first) {
        return first == 0x15 || first == 0x16;
    }
}
