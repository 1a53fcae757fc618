package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What one node's keepalived.conf says.
 *
 * @param directives all of it
 * @param routerId {@code router_id}, which is often the node's host name
 */
public record KeepalivedFile(
        String name,
        List<Directive> directives,
        Optional<Directive> routerId,
        List<ImportedRouter> routers,
        List<VrrpScript> scripts) {

    /** The node's own address, where one of the instances tells. */
    public Optional<InetAddress> ownAddress() {
        return source().map(Setting::value);
    }

    Optional<Setting<InetAddress>> source() {
        return routers.stream().flatMap(router -> router.source().stream()).findFirst();
    }

    public List<InetAddress> peers() {
        return routers.stream()
                .flatMap(router -> router.peers().value().stream())
                .distinct()
                .toList();
    }

    /** The host name in {@code router_id}; what the packages and the guides have there is none. */
    public Optional<String> hostName() {
        return routerId.map(Directive::value)
                .filter(id -> !id.matches("(?i).*LVS.*|.*DEVEL.*|.*keepalived.*|.*haproxy|haproxy.?master|router.*"))
                .filter(id -> id.matches("[A-Za-z][A-Za-z0-9.-]*"));
    }
}
