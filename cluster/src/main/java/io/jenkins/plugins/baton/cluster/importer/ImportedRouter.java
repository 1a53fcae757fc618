package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A {@code vrrp_instance} of one keepalived.conf.
 *
 * @param at where it stands
 * @param master whether it says {@code state MASTER}
 * @param source {@code unicast_src_ip} or {@code mcast_src_ip}: the node's own address
 * @param track names of the scripts that are carried over
 */
record ImportedRouter(
        Directive at,
        String name,
        int virtualRouterId,
        String interfaceName,
        int priority,
        boolean master,
        int version,
        Duration advertisementInterval,
        boolean preempt,
        Duration preemptDelay,
        Optional<String> password,
        List<Cidr> addresses,
        Optional<InetAddress> source,
        List<InetAddress> peers,
        boolean unicast,
        List<String> track) {

    boolean isIpv6() {
        return addresses.get(0).isIpv6();
    }

    /** Whether two instances are the same virtual router on two nodes. */
    boolean isSameRouter(ImportedRouter other) {
        return virtualRouterId == other.virtualRouterId && isIpv6() == other.isIpv6();
    }
}
