package io.jenkins.plugins.baton.cluster.importer;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One {@code bind} of a frontend with its backend, or of a {@code listen}.
 *
 * @param at the section it stands in
 * @param address empty for all addresses
 * @param check as a YAML flow mapping, or {@code none}
 * @param servers at least one
 */
record ImportedFrontend(
        Directive at,
        String name,
        Optional<InetAddress> address,
        int port,
        String balance,
        Duration connect,
        Duration idle,
        String check,
        String proxyProtocol,
        List<ServerLine> servers) {}
