package io.jenkins.plugins.baton.cluster;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One node.
 *
 * @param name unique in the file
 * @param address the node's own address, IPv4 or IPv6: adverts over IPv4 come from it, backends and SSH default to it
 * @param priority 1..254, unique in the file; the highest that is able becomes MASTER (RFC 9568 section 6.1)
 * @param interfaceName the network interface on this node where it differs from the virtual router's, else empty
 * @param linkLocal the IPv6 link-local address that this node's multicast adverts come from (RFC 9568 section 5.1.2.2);
 *     needed only with an IPv6 virtual router that uses multicast
 */
public record Node(
        String name,
        InetAddress address,
        int priority,
        Optional<String> interfaceName,
        Optional<Inet6Address> linkLocal) {}
