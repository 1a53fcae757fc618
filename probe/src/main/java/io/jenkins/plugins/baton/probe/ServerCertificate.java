package io.jenkins.plugins.baton.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** Reads the names in a TLS server's certificate. */
public final class ServerCertificate {
    /** Type of a subject alternative name that is an IP address (RFC 5280 section 4.2.1.6). */
    private static final int IP_ADDRESS = 7;

    private ServerCertificate() {}

    /** The IP addresses among the subject alternative names, as {@link InetAddress#getHostAddress} writes them. */
    public static List<String> addresses(InetSocketAddress server, Duration timeout) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket plain = new Socket()) {
            plain.connect(server, millis);
            plain.setSoTimeout(millis);
            try (SSLSocket tls = (SSLSocket)
                    InsecureTls.context().getSocketFactory().createSocket(plain, null, server.getPort(), false)) {
                tls.startHandshake();
                return addresses((X509Certificate) tls.getSession().getPeerCertificates()[0]);
            }
        }
    }

    private static List<String> addresses(X509Certificate certificate) throws IOException {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> addresses = new ArrayList<>();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(IP_ADDRESS)) {
                    addresses.add(InetAddress.getByName((String) name.get(1)).getHostAddress());
                }
            }
            return addresses;
        } catch (CertificateParsingException e) {
            throw new IOException("the certificate's names cannot be read: " + e.getMessage(), e);
        }
    }
}
