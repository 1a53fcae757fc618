package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The addresses of servers. A host that cannot be looked up where the importer runs has one to fill in, so that its frontend
 * is written all the same: RFC 5737 keeps 198.51.100.0/24 for documentation, and nothing answers there.
 */
final class ServerHosts {
    private static final int MOST = 254;

    private final HostNames names;
    private final Map<String, InetAddress> toFillIn = new HashMap<>();

    ServerHosts(HostNames names) {
        this.names = names;
    }

    /** @param remark what a person must know of the address, or do about it; empty for one that is written as such */
    record Found(InetAddress address, String remark) {}

    /** @return empty for what is neither an address nor a host name, and for the 255th name that is not known */
    Optional<Found> find(String host) {
        Optional<InetAddress> literal = IpLiteral.parse(host.equals("localhost") ? "127.0.0.1" : host);
        if (literal.isPresent()) {
            return literal.map(address -> new Found(address, ""));
        }
        if (!host.matches("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9.])?")) {
            return Optional.empty();
        }
        return names.addressOf(host)
                .map(address -> new Found(
                        address,
                        host + " is " + IpLiteral.text(address)
                                + " now, which was written; Baton does not look names up"))
                .or(() -> placeholder(host)
                        .map(address -> new Found(
                                address,
                                host + " cannot be looked up here; replace " + IpLiteral.text(address)
                                        + ", which stands for its address")));
    }

    /** The same one for the same host in all frontends. */
    private Optional<InetAddress> placeholder(String host) {
        if (!toFillIn.containsKey(host) && toFillIn.size() < MOST) {
            toFillIn.put(
                    host, IpLiteral.parse("198.51.100." + (toFillIn.size() + 1)).orElseThrow());
        }
        return Optional.ofNullable(toFillIn.get(host));
    }
}
