package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
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
 * @param lines where it stands; more than one when it covers others
 */
public record Bind(InetAddress address, int port, List<Directive> lines) {
    public static final InetAddress ALL_IPV4 = IpLiteral.parse("0.0.0.0").orElseThrow();
    public static final InetAddress ALL = IpLiteral.parse("::").orElseThrow();

    private static final Pattern WRITTEN =
            Pattern.compile("(?:ipv[46]@)?(?:\\[([^\\]]*)\\]|([^\\[\\]]*?)):([1-9][0-9]{0,4})");

    /**
     * @param at which word of the line holds the addresses; options come after it
     * @return the addresses of the line that can be carried over; the findings say what cannot
     */
    static List<Bind> read(Directive line, int at, HostNames hosts, ImportNotes importNotes) {
        List<Bind> binds = new ArrayList<>();
        for (String text : line.word(at).orElse("").split(",")) {
            Matcher matcher = WRITTEN.matcher(text);
            Optional<Bind> bind = matcher.matches() ? bind(line, matcher, hosts, importNotes) : Optional.empty();
            bind.ifPresent(binds::add);
            if (bind.isEmpty()) {
                importNotes.notCarried(
                        line,
                        text + ": it is not an address and one port; write a bind line for each address and port");
            }
        }
        List<String> options = line.words().stream().skip(at + 1L).toList();
        if (options.contains("v6only")
                && binds.stream().anyMatch(bind -> bind.address().equals(ALL))) {
            importNotes.notCarried(
                    line, "v6only: [::] takes IPv4 as well; no harm is done unless another server listens there");
        }
        List<String> others = options.stream()
                .filter(option -> !List.of("v4v6", "v6only", "transparent").contains(option))
                .toList();
        if (!others.isEmpty()) {
            importNotes.notCarried(line, String.join(" ", others) + ": Baton has no counterpart");
        }
        return binds;
    }

    private static Optional<Bind> bind(Directive line, Matcher matcher, HostNames hosts, ImportNotes importNotes) {
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        int port = Integer.parseInt(matcher.group(3));
        if (port > 65535) {
            return Optional.empty();
        }
        if (host.isEmpty() || host.equals("*")) {
            return Optional.of(new Bind(ALL_IPV4, port, List.of(line)));
        }
        Optional<InetAddress> literal = IpLiteral.parse(host.equals("localhost") ? "127.0.0.1" : host);
        Optional<InetAddress> address =
                literal.or(() -> host.matches("[A-Za-z0-9._-]+") ? hosts.addressOf(host) : Optional.empty());
        if (literal.isEmpty() && address.isPresent()) {
            importNotes.fillIn(line.place() + ": " + host + " is " + IpLiteral.text(address.get())
                    + " now, which was written; Baton does not look names up");
        }
        return address.map(a -> new Bind(a, port, List.of(line)));
    }

    public boolean isWildcard() {
        return address.isAnyLocalAddress();
    }

    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Whether what is sent to the other arrives here as well; a socket on :: takes IPv4 too. */
    public boolean covers(Bind other) {
        boolean all = address.equals(ALL) || address.equals(ALL_IPV4) && other.address instanceof Inet4Address;
        return port == other.port && (all || address.equals(other.address));
    }

    public Bind with(List<Directive> more) {
        List<Directive> all = new ArrayList<>(lines);
        more.stream().filter(line -> !all.contains(line)).forEach(all::add);
        return new Bind(address, port, all);
    }

    public Bind at(InetAddress other) {
        return new Bind(other, port, lines);
    }

    /** As the cluster file writes it; a port alone is all IPv4 addresses. */
    public String text() {
        return address.equals(ALL_IPV4) ? String.valueOf(port) : "\"" + new Endpoint(address, port) + "\"";
    }
}
