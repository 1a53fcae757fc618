package io.jenkins.plugins.baton.agent.health.tls;

import io.netty.util.NetUtil;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whether a certificate is for the server that was asked (RFC 6125, RFC 2818 section 3.1). Pure. */
final class ServerNames {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private ServerNames() {}

    /** @throws CertificateException names the host, and what the certificate is for instead */
    static void verify(X509Certificate certificate, String host) throws CertificateException {
        boolean address = isAddress(host);
        List<String> names = names(certificate, address ? ADDRESS : DNS);
        boolean matches = names.stream().anyMatch(name -> address ? sameAddress(name, host) : matches(name, host));
        if (!matches) {
            throw new CertificateException(
                    "it is for " + (names.isEmpty() ? "no " + (address ? "address" : "name") : String.join(", ", names))
                            + ", not for " + host);
        }
    }

    /** Whether a host is given by its address. */
    static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    private static List<String> names(X509Certificate certificate, int type) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (alternative.get(0).equals(type)) {
                    names.add(alternative.get(1).toString());
                }
            }
        }
        return names;
    }

    private static boolean sameAddress(String one, String other) {
        return Arrays.equals(
                NetUtil.createByteArrayFromIpAddressString(one), NetUtil.createByteArrayFromIpAddressString(other));
    }

    /** A star stands for one whole label, the first one, and never for that of a name of two labels (RFC 6125 section 6.4.3). */
    static boolean matches(String pattern, String host) {
        String wanted = withoutDot(host.toLowerCase(Locale.ROOT));
        String offered = withoutDot(pattern.toLowerCase(Locale.ROOT));
        if (!offered.startsWith("*.")) {
            return offered.equals(wanted);
        }
        String rest = offered.substring(1);
        int label = wanted.indexOf('.');
        return rest.indexOf('.', 1) > 0 && label > 0 && wanted.substring(label).equals(rest);
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
