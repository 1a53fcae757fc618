package io.jenkins.plugins.baton.agent.health.tls;

import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What the connections to one server have in common: the versions (1.2 and 1.3), whom to trust, and the client's own
 * certificate. No session is kept, so that none is resumed. Made on any thread, used on one; lives until it is retired and
 * its last connection is over.
 */
public final class TlsContext {
    private static final int VERIFY_DEPTH = 10;

    private final Optional<String> serverName;
    private final ServerTrust trust;
    private final long context;
    private long chain;
    private long key;

    // Of the loop.
    private int connections;
    private boolean retired;
    private CertificateException refusal;
    private NativeMemory flight = new NativeMemory(TlsSession.OUTGOING);
    private final NativeMemory plain = new NativeMemory(TlsSession.PLAIN);

    private TlsContext(ServerTrust trust, Optional<String> serverName) throws SSLException {
        this.trust = trust;
        this.serverName = serverName;
        BoringSsl.load();
        try {
            context = SSLContext.make(SSL.SSL_PROTOCOL_TLSV1_2 | SSL.SSL_PROTOCOL_TLSV1_3, SSL.SSL_MODE_CLIENT);
        } catch (Exception e) {
            throw new SSLException("cannot make a TLS context: " + e.getMessage(), e);
        }
        SSLContext.setSessionCacheMode(context, SSL.SSL_SESS_CACHE_OFF);
        SSLContext.setCertVerifyCallback(context, new Verifier());
        SSLContext.setVerify(context, SSL.SSL_CVERIFY_REQUIRED, VERIFY_DEPTH);
    }

    /**
     * @param authorities PEM text; empty: every certificate is accepted
     * @param host whose name or address the server's certificate must have; a name is sent to the server (SNI)
     * @throws CertificateException when the text has no authorities
     * @throws SSLException when the library refuses
     */
    public static TlsContext of(Optional<byte[]> authorities, Optional<String> host)
            throws CertificateException, SSLException {
        Optional<Authorities> parsed =
                authorities.isPresent() ? Optional.of(Authorities.parse(authorities.get())) : Optional.empty();
        // RFC 6066 section 3: a literal address is not a server name.
        Optional<String> serverName = host.filter(name -> !ServerNames.isAddress(name));
        return new TlsContext(new ServerTrust(parsed, host), serverName);
    }

    /**
     * Shows this certificate to servers that ask for one.
     *
     * @param certificates PEM text, the client's own first
     * @param privateKey PEM text without a password
     * @throws SSLException when one cannot be read, or they do not belong together
     */
    public void present(String certificates, String privateKey) throws SSLException {
        long chainText = 0;
        long keyText = 0;
        try {
            chainText = BoringSsl.bio(certificates);
            keyText = BoringSsl.bio(privateKey);
            chain = SSL.parseX509Chain(chainText);
            key = SSL.parsePrivateKey(keyText, null);
            SSL.freeSSL(newConnection());
        } catch (Exception e) {
            throw new SSLException(e.getMessage(), e);
        } finally {
            free(chainText);
            free(keyText);
        }
    }

    private static void free(long bio) {
        if (bio != 0) {
            SSL.freeBIO(bio);
        }
    }

    private long newConnection() throws Exception {
        long ssl = SSL.newSSL(context, false);
        try {
            if (key != 0) {
                SSL.setKeyMaterial(ssl, chain, key);
            }
            serverName.ifPresent(name -> SSL.setTlsExtHostName(ssl, name));
            return ssl;
        } catch (Exception e) {
            SSL.freeSSL(ssl);
            throw e;
        }
    }

    /** A new connection's state; to be given back by {@link #close}. */
    long open() throws SSLException {
        try {
            long ssl = newConnection();
            connections++;
            return ssl;
        } catch (Exception e) {
            throw new SSLException(e.getMessage(), e);
        }
    }

    void close(long ssl) {
        SSL.freeSSL(ssl);
        connections--;
        freeWhenUnused();
    }

    /** Why the server's certificate was refused in the handshake that failed just now; empty: for something else. */
    Optional<CertificateException> takeRefusal() {
        Optional<CertificateException> taken = Optional.ofNullable(refusal);
        refusal = null;
        return taken;
    }

    /** Where so many octets are put before they are sent. */
    NativeMemory flight(int length) {
        if (length > flight.size()) {
            flight = new NativeMemory(length);
        }
        return flight;
    }

    /** Where what was decrypted is put before it is read. */
    NativeMemory plain() {
        return plain;
    }

    /** No connection is begun any more. */
    public void retire() {
        retired = true;
        freeWhenUnused();
    }

    private void freeWhenUnused() {
        if (retired && connections == 0) {
            if (key != 0) {
                SSL.freePrivateKey(key);
            }
            if (chain != 0) {
                SSL.freeX509Chain(chain);
            }
            SSLContext.free(context);
            connections = Integer.MIN_VALUE; // once
        }
    }

    /** Called by the library in the middle of a handshake, on the thread that does it. */
    private final class Verifier extends CertificateVerifier {
        @Override
        public int verify(long ssl, byte[][] certificates, String keyExchange) {
            try {
                trust.verify(certificates, keyExchange, System.currentTimeMillis());
                return X509_V_OK;
            } catch (CertificateException e) {
                refusal = e;
            } catch (RuntimeException e) {
                refusal = new CertificateException("it cannot be read: " + e.getMessage());
            }
            return X509_V_ERR_UNSPECIFIED;
        }
    }
}
