package io.jenkins.plugins.baton.cluster.importer;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What one node's keepalived.conf says.
 *
 * @param routerId {@code router_id}, which is often the node's host name
 */
record KeepalivedFile(
        String name, Optional<String> routerId, List<ImportedRouter> routers, List<ImportedCheck> checks) {

    /** The node's own address, where the file tells. */
    Optional<InetAddress> ownAddress() {
        return routers.stream().flatMap(router -> router.source().stream()).findFirst();
    }

    List<InetAddress> peers() {
        return routers.stream()
                .flatMap(router -> router.peers().stream())
                .distinct()
                .toList();
    }
}
