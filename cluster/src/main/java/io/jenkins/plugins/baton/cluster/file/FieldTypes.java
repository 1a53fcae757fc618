package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Ssh;
import io.jenkins.plugins.baton.cluster.StatusRange;
import io.jenkins.plugins.baton.cluster.file.format.InvalidValueException;
import io.jenkins.plugins.baton.cluster.file.format.JsonSchema;
import io.jenkins.plugins.baton.cluster.file.format.ListOf;
import io.jenkins.plugins.baton.cluster.file.format.OneOf;
import io.jenkins.plugins.baton.cluster.file.format.ScalarType;
import io.jenkins.plugins.baton.cluster.file.format.Type;
import io.jenkins.plugins.baton.cluster.file.format.Types;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of a cluster file's values that are of the field: addresses, ports, names, URLs. */
final class FieldTypes {
    private static final String ENDPOINT_FORM =
            "(?:" + IpLiteral.IPV4_TEXT + "|\\[" + IpLiteral.IPV6_TEXT + "\\]):" + Endpoint.PORT;

    private static final String BACKEND_FORM = IpLiteral.IPV4_TEXT + "|" + IpLiteral.IPV6_TEXT + "|" + ENDPOINT_FORM;

    /** Fits JMX object names, file names and log lines alike. */
    static final Type<String> NAME = Types.text(
            "a name of at most 63 letters, digits, '.', '_' and '-' that begins with a letter or digit",
            "[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** The kernel's IFNAMSIZ is 16 with the terminating NUL (net/core/dev.c, dev_valid_name). */
    static final Type<String> INTERFACE = Types.text(
            "an interface name of at most 15 letters, digits, '.', '_', '-', '@' and '+'",
            "(?!\\.{1,2}$)[A-Za-z0-9._@+-]{1,15}");

    static final Type<Integer> PORT = Types.whole(1, 65535);

    static final Type<InetAddress> NODE_ADDRESS = ScalarType.string(
            "an IPv4 or IPv6 address of one host",
            whole(IpLiteral.IPV4_TEXT + "|" + IpLiteral.IPV6_TEXT),
            scalar -> unicast(address(scalar.text())));

    static final Type<Inet6Address> LINK_LOCAL = ScalarType.string(
            "an IPv6 link-local address (fe80::…)",
            whole("(?=[Ff][Ee][89ABab][0-9A-Fa-f]:)" + IpLiteral.IPV6_TEXT),
            scalar -> {
                if (address(scalar.text()) instanceof Inet6Address v6 && v6.isLinkLocalAddress()) {
                    return v6;
                }
                throw new InvalidValueException("is not an IPv6 link-local address; write one that begins with fe80:");
            });

    static final Type<Cidr> CIDR = ScalarType.string(
            "an address, with its prefix length or without, as in 10.86.13.36/32",
            whole(IpLiteral.IPV4_TEXT + "(?:/(?:[1-9]|[12][0-9]|3[0-2]))?|" + IpLiteral.IPV6_TEXT
                    + "(?:/(?:[1-9][0-9]?|1[01][0-9]|12[0-8]))?"),
            scalar -> cidr(scalar.text()));

    static final Type<Endpoint> BIND =
            portOrText("ADDRESS:PORT, [IPV6]:PORT or a port alone for all IPv4 addresses", scalar -> {
                if (scalar.text().matches("\\*?:[0-9]+")) {
                    throw new InvalidValueException("names no address; write the port alone for all IPv4 addresses");
                }
                if (scalar.text().matches("[0-9]+")) {
                    return new Endpoint(wildcard(), port(scalar.text()));
                }
                return endpoint(scalar.text());
            });

    static final Type<Endpoint> ENDPOINT =
            ScalarType.string("ADDRESS:PORT or [IPV6]:PORT", whole(ENDPOINT_FORM), scalar -> {
                Endpoint endpoint = endpoint(scalar.text());
                unicast(endpoint.address());
                return endpoint;
            });

    /** A backend's address, with its port or without. */
    static final Type<HostPort> BACKEND_ADDRESS =
            ScalarType.string("ADDRESS, ADDRESS:PORT or [IPV6]:PORT", whole(BACKEND_FORM), scalar -> {
                Optional<InetAddress> alone = IpLiteral.parse(scalar.text());
                if (alone.isPresent()) {
                    return new HostPort(unicast(alone.get()), OptionalInt.empty());
                }
                Endpoint endpoint = endpoint(scalar.text());
                unicast(endpoint.address());
                return new HostPort(endpoint.address(), OptionalInt.of(endpoint.port()));
            });

    static final Type<Integer> PRIORITY = priority();

    /** RFC 2338 section 5.3.6.1 has room for eight octets. */
    static final Type<String> PASSWORD = new ScalarType<>(
            "1 to 8 ASCII characters",
            true,
            "string",
            // 1111 without quotes is what people write
            JsonSchema.of(
                    "type",
                    List.of("string", "number", "boolean"),
                    "pattern",
                    "^[ -~]{1,8}$",
                    "minimum",
                    -9_999_999,
                    "maximum",
                    99_999_999),
            scalar -> {
                if (scalar.text().isEmpty()) {
                    throw new InvalidValueException("is empty; write 1 to 8 characters");
                }
                if (scalar.text().length() > 8) {
                    throw new InvalidValueException(
                            "is longer than 8 characters, and VRRP has room for no more; shorten it");
                }
                if (!scalar.text().matches("[ -~]+")) {
                    throw new InvalidValueException("is not printable ASCII; choose another password");
                }
                return scalar.text();
            });

    static final Type<Path> FILE = path("the path of a file", "[^\\x00]+");

    static final Type<Path> ABSOLUTE_FILE = path("the absolute path of a file, the same on every node", "/[^\\x00]+");

    /** The path of an HTTP request, with its query. */
    static final Type<String> URL_PATH = Types.text("a path that begins with / and has no spaces", "/[!-~]*");

    static final Type<String> HOST = Types.text("a host name", "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    static final Type<StatusRange> STATUS = ScalarType.string(
            "a status 100..599 or a range as in 200-399",
            integerOrText(100, 599, "^[1-5][0-9]{2}(-[1-5][0-9]{2})?$"),
            scalar -> statuses(scalar.text()));

    /** One, or a list of them. */
    static final Type<List<StatusRange>> STATUSES =
            OneOf.scalarOrList(STATUS.map(List::of), new ListOf<>(STATUS, 1, 64).map(items -> items.values()));

    static final Type<CheckUrl> URL = ScalarType.string(
            "a URL with an address for its host, as in https://127.0.0.1:6443/livez",
            whole("https?://(?:" + IpLiteral.IPV4_TEXT + "|\\[" + IpLiteral.IPV6_TEXT + "\\])(?::(?:0*" + Endpoint.PORT
                    + ")?)?(?:[/?][!\"$-~]*)?"),
            scalar -> url(scalar.text()));

    static final Type<String> JUMP = Types.text("[USER@]HOST[:PORT]", Ssh.JUMP_HOST);

    static final Type<String> FINGERPRINT =
            Types.text("a fingerprint as ssh-keygen -l prints it, SHA256:…", "SHA256:[A-Za-z0-9+/]{43}=?");

    static final Type<String> USER = Types.text("a login name", Ssh.LOGIN_NAME);

    private static final Pattern ENDPOINT_TEXT = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*)):([0-9]+)");

    private static final Pattern STATUS_TEXT = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    private FieldTypes() {}

    /** @param port empty when only an address was written */
    record HostPort(InetAddress address, OptionalInt port) {}

    /** For JSON Schema: the pattern of all of a text. */
    private static Map<String, Object> whole(String pattern) {
        return Map.of("pattern", "^(?:" + pattern + ")$");
    }

    private static <T> Type<T> portOrText(String summary, ScalarType.Parser<T> parser) {
        return ScalarType.string(
                summary, integerOrText(1, 65535, "^(?:" + ENDPOINT_FORM + "|" + Endpoint.PORT + ")$"), parser);
    }

    private static Map<String, Object> integerOrText(int least, int most, String pattern) {
        return JsonSchema.of(
                "type", List.of("integer", "string"), "minimum", least, "maximum", most, "pattern", pattern);
    }

    /** File names are octets: which characters they can have depends on the locale that the program runs in. */
    private static Type<Path> path(String summary, String pattern) {
        ScalarType<String> text = Types.text(summary, pattern);
        return ScalarType.string(summary, text.constraints(), scalar -> {
            String path = text.parser().parse(scalar);
            try {
                return Path.of(path);
            } catch (InvalidPathException e) {
                throw new InvalidValueException("has characters that no file name has in this program's locale; write"
                        + " ASCII, or run it with LC_ALL=C.UTF-8");
            }
        });
    }

    private static ScalarType<Integer> priority() {
        ScalarType<Integer> range = Types.whole(1, 254);
        return new ScalarType<>(range.summary(), false, range.jsonType(), range.constraints(), scalar -> {
            if (scalar.plain() && scalar.text().equals("255")) {
                throw new InvalidValueException(
                        "is for a node that owns the virtual address, and a virtual address that is a"
                                + " node's own is refused here; write 1..254");
            }
            return range.parser().parse(scalar);
        });
    }

    private static InetAddress address(String text) throws InvalidValueException {
        if (text.indexOf('%') >= 0) {
            throw new InvalidValueException("names an interface after %; write the address alone");
        }
        Optional<InetAddress> address = IpLiteral.parse(text);
        if (address.isPresent()) {
            return address.get();
        }
        Optional<InetAddress> mapped = IpLiteral.mapped(text);
        if (mapped.isPresent()) {
            throw new InvalidValueException(
                    "is an IPv4 address in the form of an IPv6 one; write " + IpLiteral.text(mapped.get()));
        }
        throw new InvalidValueException(whyNoAddress(text));
    }

    private static String whyNoAddress(String text) {
        if (text.matches("[^/]+/[0-9.]*")) {
            return "has a prefix length; write the address alone";
        }
        if (text.matches("\\[[^\\]]*\\]")) {
            return "has brackets, which stand only before a port; write the address alone";
        }
        if (text.matches("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}") && text.matches("(?:.*\\.)?0[0-9].*")) {
            return "has a number that begins with 0, which may be read as octal; write it without the 0";
        }
        return "is not an IPv4 or IPv6 address; write a literal one, names are not looked up";
    }

    private static InetAddress unicast(InetAddress address) throws InvalidValueException {
        boolean broadcast = address.getHostAddress().equals("255.255.255.255");
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || broadcast) {
            throw new InvalidValueException("is not the address of one host; write a unicast address");
        }
        return address;
    }

    private static Cidr cidr(String text) throws InvalidValueException {
        int slash = text.indexOf('/');
        InetAddress address = unicast(address(slash < 0 ? text : text.substring(0, slash)));
        int most = address instanceof Inet4Address ? 32 : 128;
        if (slash < 0) {
            return new Cidr(address, most);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(length) > most || length.equals("0")) {
            throw new InvalidValueException(
                    "has a prefix length that is not in 1.." + most + "; write ADDRESS/" + most);
        }
        return new Cidr(address, Integer.parseInt(length));
    }

    private static Endpoint endpoint(String text) throws InvalidValueException {
        Matcher matcher = ENDPOINT_TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("is not ADDRESS:PORT; write 10.86.13.36:8443, or [fd00::36]:8443 for IPv6");
        }
        boolean bracketed = matcher.group(1) != null;
        InetAddress address = address(bracketed ? matcher.group(1) : matcher.group(2));
        if (bracketed != address instanceof Inet6Address) {
            throw new InvalidValueException("has brackets, which are for IPv6; write ADDRESS:PORT");
        }
        return new Endpoint(address, port(matcher.group(3)));
    }

    private static int port(String digits) throws InvalidValueException {
        if (!digits.matches("[1-9][0-9]{0,4}") || Integer.parseInt(digits) > 65535) {
            throw new InvalidValueException("has no port in 1..65535, written without a leading 0");
        }
        return Integer.parseInt(digits);
    }

    private static StatusRange statuses(String text) throws InvalidValueException {
        Matcher matcher = STATUS_TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("is not a status 100..599 or a range of them; write 200 or 200-399");
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        if (from > to) {
            throw new InvalidValueException("ends before it begins; write the lower status first");
        }
        return new StatusRange(from, to);
    }

    private static InetAddress wildcard() {
        return IpLiteral.parse("0.0.0.0").orElseThrow();
    }

    private static CheckUrl url(String text) throws InvalidValueException {
        try {
            URI uri = new URI(text);
            boolean tls = "https".equals(uri.getScheme());
            if (uri.getHost() == null || !(tls || "http".equals(uri.getScheme()))) {
                throw new InvalidValueException(
                        "is not a URL; write http:// or https://, an address, a port and a path");
            }
            if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw new InvalidValueException("has a user or a fragment, which a check cannot send; remove it");
            }
            InetAddress host = unicast(address(uri.getHost().replaceAll("[\\[\\]]", "")));
            int port = uri.getPort() < 0 ? (tls ? 443 : 80) : port(String.valueOf(uri.getPort()));
            if (!text.matches("[!-~]+")) {
                throw new InvalidValueException("has characters beyond ASCII; write each of their bytes as %XX");
            }
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new CheckUrl(tls, new Endpoint(host, port), path + query);
        } catch (URISyntaxException e) {
            throw new InvalidValueException("is not a URL; write one as in https://127.0.0.1:6443/livez");
        }
    }
}
