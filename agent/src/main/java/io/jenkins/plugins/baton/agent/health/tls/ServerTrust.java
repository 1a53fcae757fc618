package io.jenkins.plugins.baton.agent.health.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether one server's certificate is accepted. The path to an authority is computed when the server shows another chain
 * than the last time; for the same octets, the same authorities and the same name the answer is the same until the first of
 * the certificates expires. That the server has the key is proved in every handshake, by its signature.
 *
 * <p>On one thread. Time comes from outside: milliseconds since 1970.
 */
final class ServerTrust {
    private final Optional<Authorities> authorities;
    private final Optional<String> host;
    private byte[][] accepted = {};
    private long acceptedFrom;
    private long acceptedUntil;

    /**
     * @param authorities empty: every certificate is accepted
     * @param host whose name or address the certificate must have; empty: any
     */
    ServerTrust(Optional<Authorities> authorities, Optional<String> host) {
        this.authorities = authorities;
        this.host = host;
    }

    /** @param chain as the server sent it, its own certificate first */
    void verify(byte[][] chain, String keyExchange, long now) throws CertificateException {
        if (authorities.isEmpty() || isAccepted(chain, now)) {
            return;
        }
        accepted = new byte[0][];
        X509Certificate[] certificates = parse(chain);
        authorities.get().verify(certificates, keyExchange);
        if (host.isPresent()) {
            ServerNames.verify(certificates[0], host.get());
        }
        acceptedFrom = now;
        acceptedUntil = Long.MAX_VALUE;
        for (X509Certificate certificate : certificates) {
            acceptedUntil = Math.min(acceptedUntil, certificate.getNotAfter().getTime());
        }
        accepted = chain;
    }

    /** A clock that was put back may be before the certificates' time. */
    private boolean isAccepted(byte[][] chain, long now) {
        return now >= acceptedFrom && now <= acceptedUntil && chain.length > 0 && Arrays.deepEquals(chain, accepted);
    }

    private static X509Certificate[] parse(byte[][] chain) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate[] certificates = new X509Certificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            certificates[i] = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(chain[i]));
        }
        return certificates;
    }
}
