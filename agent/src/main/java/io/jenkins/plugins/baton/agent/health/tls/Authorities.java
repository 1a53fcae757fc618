package io.jenkins.plugins.baton.agent.health.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities that may have signed a server's certificate: the JDK's own verification of the path to them. */
final class Authorities {
    private final X509TrustManager verifier;

    private Authorities(X509TrustManager verifier) {
        this.verifier = verifier;
    }

    /** @throws CertificateException when there is no certificate in the text, or one that cannot be read */
    static Authorities parse(byte[] pem) throws CertificateException {
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return new Authorities(x509);
                }
            }
            throw new CertificateException("this Java verifies no X.509 certificates");
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(e);
        }
    }

    /**
     * @param keyExchange as {@link X509TrustManager#checkServerTrusted} wants it
     * @throws CertificateException when the path does not lead to one of them, or does not hold now
     */
    void verify(X509Certificate[] chain, String keyExchange) throws CertificateException {
        verifier.checkServerTrusted(chain, keyExchange);
    }
}
