package io.jenkins.plugins.baton.cluster.importer.shell;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as curl and wget take it.
 *
 * @param host a name or an address, without brackets
 * @param path with its query, begins with a slash
 */
record Url(boolean tls, String host, int port, String path) {
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:(https?)://)?(?:\\[([0-9A-Fa-f:.]+)\\]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?([/?][!-~&&[^#\\[\\]{}]]*)?",
            Pattern.CASE_INSENSITIVE);

    static Optional<Url> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean tls = "https".equalsIgnoreCase(matcher.group(1));
        int port = matcher.group(4) == null ? tls ? 443 : 80 : Integer.parseInt(matcher.group(4));
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        String path = matcher.group(5) == null ? "/" : matcher.group(5);
        String host = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        return Optional.of(new Url(tls, host, port, path.startsWith("/") ? path : "/" + path));
    }

    boolean isLocalhost() {
        return host.equalsIgnoreCase("localhost");
    }

    /** Empty for a name, which is not looked up; localhost has its IPv4 address. */
    Optional<InetAddress> address() {
        return IpLiteral.parse(isLocalhost() ? "127.0.0.1" : host);
    }
}
