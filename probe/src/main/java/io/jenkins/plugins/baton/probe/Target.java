package io.jenkins.plugins.baton.probe;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a client connects.
 *
 * @param name the address and port as people write them
 * @param address the same, resolved
 * @param tls whether TLS is spoken there
 * @param path what is asked on long-lived connections; empty where HTTP is not known to be spoken
 */
public record Target(String name, InetSocketAddress address, boolean tls, Optional<String> path) {

    @Override
    public String toString() {
        return name;
    }
}
