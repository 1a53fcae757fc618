package io.jenkins.plugins.baton.cluster;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** IP addresses as they are written. Nothing here asks DNS: a virtual IP must work while DNS does not. */
public final class IpLiteral {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** An IPv4 address, as a regular expression. */
    public static final String IPV4_TEXT = OCTET + "(?:\\." + OCTET + "){3}";

    /** What looks like an IPv6 address, as a regular expression: {@link #parse} is stricter. */
    public static final String IPV6_TEXT =
            "(?!.*:::)(?!.*::.*::)(?:[0-9A-Fa-f]{0,4}:){2,8}(?:[0-9A-Fa-f]{0,4}|" + IPV4_TEXT + ")";

    private static final Pattern IPV4 = Pattern.compile(IPV4_TEXT);
    private static final Pattern MAYBE_IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** Two groups of zero or more, with the colons around them. */
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

    private IpLiteral() {}

    /** @return empty for anything but an address, names included */
    public static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !MAYBE_IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        return literal(text).filter(address -> !isMapped(text, address));
    }

    /** The IPv4 address that is written as an IPv6 one, as in {@code ::ffff:10.0.0.1}; empty for anything else. */
    public static Optional<InetAddress> mapped(String text) {
        return MAYBE_IPV6.matcher(text).matches()
                ? literal(text).filter(address -> isMapped(text, address))
                : Optional.empty();
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean isMapped(String text, InetAddress address) {
        return text.indexOf(':') >= 0 && !(address instanceof Inet6Address);
    }

    /** As RFC 5952 section 4 writes it: the longest run of zeros is {@code ::}. Without the name of an interface. */
    public static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        StringBuilder groups = new StringBuilder();
        while (bytes.hasRemaining()) {
            groups.append(groups.isEmpty() ? "" : ":").append(Integer.toHexString(bytes.getShort() & 0xFFFF));
        }
        Optional<MatchResult> zeros = ZEROS.matcher(groups).results().max(Comparator.comparingInt(IpLiteral::length));
        return zeros.map(run -> groups.substring(0, run.start()) + "::" + groups.substring(run.end()))
                .orElseGet(groups::toString);
    }

    /** Of two equal runs the first is shortened, but {@code max} takes the last; so earlier ones count more. */
    private static int length(MatchResult run) {
        return 64 * (int) run.group().chars().filter(c -> c == '0').count() - run.start();
    }
}
