package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One address of a {@code bind} line.
 *
 * @param address empty for all addresses
 */
record Bind(Optional<InetAddress> address, int port) {
    private static final Pattern WRITTEN =
            Pattern.compile("(?:ipv[46]@)?(?:\\[([^\\]]*)\\]|([^\\[\\]]*?)):([1-9][0-9]{0,4})");

    /**
     * @param at which word of the line holds the addresses; options come after it
     * @return the addresses of the line that can be carried over; the findings say what cannot
     */
    static List<Bind> read(Directive line, int at, Findings findings) {
        List<Bind> binds = new ArrayList<>();
        for (String text : line.word(at).orElse("").split(",")) {
            Matcher matcher = WRITTEN.matcher(text);
            Optional<Bind> bind = matcher.matches() ? bind(matcher) : Optional.empty();
            bind.ifPresent(binds::add);
            if (bind.isEmpty()) {
                findings.notCarried(line, "it is not an address and one port; write a frontend for each");
            }
        }
        line.words().stream()
                .skip(at + 1L)
                .filter(option -> !option.equals("v4v6") && !option.equals("transparent"))
                .findFirst()
                .ifPresent(option -> findings.notCarried(line, option + ": Baton has no counterpart"));
        return binds;
    }

    private static Optional<Bind> bind(Matcher matcher) {
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        int port = Integer.parseInt(matcher.group(3));
        if (port > 65535) {
            return Optional.empty();
        }
        if (host.isEmpty() || host.equals("*")) {
            return Optional.of(new Bind(Optional.empty(), port));
        }
        return IpLiteral.parse(host)
                .map(address -> new Bind(Optional.of(address).filter(a -> !isWildcardOfIpv4(a)), port));
    }

    private static boolean isWildcardOfIpv4(InetAddress address) {
        return address.isAnyLocalAddress() && address instanceof Inet4Address;
    }
}
