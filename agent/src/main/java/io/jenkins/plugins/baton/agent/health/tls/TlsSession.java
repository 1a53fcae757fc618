package io.jenkins.plugins.baton.agent.health.tls;

import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * TLS on one connection, as a client: makes the handshake, then encrypts what is written and decrypts what is read. Closing
 * sends no close_notify, and waits for none. On one thread.
 */
public final class TlsSession {
    /** What the library has to send is kept here until it is sent; a flight that is longer goes in pieces. */
    static final int OUTGOING = 4096;

    static final int PLAIN = 2048;
    private static final int RECORD_HEADER = 5;

    /** The connection, and who uses it. Any of these may {@link #close} the session. */
    public interface Peer {
        /** Sends the first octets of the memory, or keeps a copy. */
        void send(NativeMemory octets, int length) throws IOException;

        /** The handshake is over. What is written now goes out with the end of it. */
        void secured() throws IOException;

        /** What was decrypted, which is overwritten by what comes next. */
        void decrypted(ByteBuffer octets) throws IOException;
    }

    private final TlsContext context;
    private final Peer peer;
    /** Of the library; 0 after the end. */
    private long ssl;

    private final long bio;
    /** Where what the library reads from at the moment ends in memory; 0 when there is nothing. */
    private long incomingEnd;

    private boolean secured;
    private boolean heard;
    /** What came while it was too little to tell TLS from something else. */
    private byte[] first = {};

    /** To be closed. */
    public TlsSession(TlsContext context, Peer peer) throws SSLException {
        this.context = context;
        this.peer = peer;
        ssl = context.open();
        bio = SSL.bioNewByteBuffer(ssl, OUTGOING);
    }

    /** Begins the handshake. */
    public void begin() throws IOException {
        handshake();
    }

    public boolean isSecured() {
        return secured;
    }

    /**
     * @param memory native memory that has what came from the server
     * @throws SSLException its cause is the {@link CertificateException} if that was the trouble
     * @throws NotTlsException when the first octets are no record of TLS
     */
    public void receive(ByteBuffer memory) throws IOException {
        ByteBuffer octets = together(memory);
        if (!heard) {
            if (!mayBeTls(octets)) {
                throw new NotTlsException();
            }
            if (octets.remaining() < RECORD_HEADER) {
                first = new byte[octets.remaining()];
                octets.get(first);
                return;
            }
            heard = true;
        }
        take(octets);
    }

    private ByteBuffer together(ByteBuffer octets) {
        if (first.length == 0) {
            return octets;
        }
        ByteBuffer both = ByteBuffer.allocateDirect(first.length + octets.remaining());
        both.put(first).put(octets).flip();
        first = new byte[0];
        return both;
    }

    private static boolean mayBeTls(ByteBuffer octets) {
        int start = octets.position();
        int type = octets.get(start) & 0xff;
        return type >= 20 && type <= 24 && (octets.remaining() < 2 || octets.get(start + 1) == 3);
    }

    private void take(ByteBuffer octets) throws IOException {
        long address = NativeMemory.address(octets);
        incomingEnd = address + octets.remaining();
        SSL.bioSetByteBuffer(bio, address, octets.remaining(), false);
        try {
            if (!secured) {
                handshake();
            }
            if (secured && ssl != 0) {
                decrypt();
            }
        } finally {
            incomingEnd = 0;
            if (ssl != 0) {
                SSL.bioClearByteBuffer(bio);
            }
        }
    }

    private void handshake() throws IOException {
        int error;
        do {
            int result = SSL.doHandshake(ssl);
            error = result == 1 ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
            if (error == SSL.SSL_ERROR_NONE) {
                secured = true;
                peer.secured();
            }
            flush();
        } while (error == SSL.SSL_ERROR_WANT_WRITE && ssl != 0);
        if (error != SSL.SSL_ERROR_NONE && error != SSL.SSL_ERROR_WANT_READ) {
            throw failure();
        }
    }

    /** Also takes the alert that the library has for the server, if any, off its list of errors. */
    private SSLException failure() {
        SSLException said = BoringSsl.failure();
        Optional<CertificateException> refusal = context.takeRefusal();
        if (refusal.isEmpty()) {
            return said;
        }
        SSLException refused = new SSLHandshakeException(refusal.get().getMessage());
        refused.initCause(refusal.get());
        return refused;
    }

    /** Sends what the library has for the server; it goes on reading where it was. */
    private void flush() throws IOException {
        int length = ssl == 0 ? 0 : SSL.bioLengthNonApplication(bio);
        if (length == 0) {
            return;
        }
        int unread = incomingEnd == 0 ? 0 : SSL.bioLengthByteBuffer(bio);
        NativeMemory flight = context.flight(length);
        SSL.bioSetByteBuffer(bio, flight.address(), length, true);
        SSL.bioFlushByteBuffer(bio);
        if (unread > 0) {
            SSL.bioSetByteBuffer(bio, incomingEnd - unread, unread, false);
        } else {
            SSL.bioClearByteBuffer(bio);
        }
        peer.send(flight, length);
    }

    private void decrypt() throws IOException {
        NativeMemory plain = context.plain();
        do {
            int length = SSL.readFromSSL(ssl, plain.address(), plain.size());
            if (length <= 0) {
                int error = SSL.getError(ssl, length);
                if (error != SSL.SSL_ERROR_WANT_READ && error != SSL.SSL_ERROR_ZERO_RETURN) {
                    throw BoringSsl.failure();
                }
                return;
            }
            peer.decrypted(plain.bytes().duplicate().position(0).limit(length));
        } while (ssl != 0 && (SSL.bioLengthByteBuffer(bio) > 0 || SSL.sslPending(ssl) > 0));
    }

    /** Encrypts and sends the memory, once the handshake is over. In {@link Peer#secured} it goes out afterwards. */
    public void write(NativeMemory octets) throws IOException {
        int error = SSL.SSL_ERROR_WANT_WRITE;
        while (error == SSL.SSL_ERROR_WANT_WRITE && ssl != 0) {
            int result = SSL.writeToSSL(ssl, octets.address(), octets.size());
            error = result > 0 ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
            if (error == SSL.SSL_ERROR_WANT_WRITE) {
                flush();
            }
        }
        if (error != SSL.SSL_ERROR_NONE) {
            throw BoringSsl.failure();
        }
    }

    /** Closing twice does nothing. */
    public void close() {
        if (ssl != 0) {
            context.close(ssl);
            ssl = 0;
        }
    }
}
