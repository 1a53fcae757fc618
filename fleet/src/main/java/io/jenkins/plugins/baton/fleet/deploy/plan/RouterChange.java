package io.jenkins.plugins.baton.fleet.deploy.plan;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Collectors;

/** What of a virtual router its nodes must have in common to hear each other. Pure. */
public final class RouterChange {
    private RouterChange() {}

    /** Whether a node with the one and a node with the other take each other's advertisements for their own group's. */
    public static boolean sameGroup(VirtualRouter one, VirtualRouter other) {
        boolean sameInterval = one.version() == 3 || one.advertisementInterval().equals(other.advertisementInterval());
        return one.virtualRouterId() == other.virtualRouterId()
                && one.interfaceName().equals(other.interfaceName())
                && one.version() == other.version()
                && sameInterval
                && one.unicast() == other.unicast()
                && one.authentication().equals(other.authentication())
                && addresses(one).equals(addresses(other));
    }

    /** As advertisements have them: without prefix lengths. */
    static Set<InetAddress> addresses(VirtualRouter router) {
        return router.addresses().stream().map(Cidr::address).collect(Collectors.toSet());
    }
}
