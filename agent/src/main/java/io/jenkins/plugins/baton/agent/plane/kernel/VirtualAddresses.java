package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The VIPs at which a frontend is reached, all of one family and on one segment.
 *
 * @param interfaceName this node's interface on that segment
 * @param addresses at least one
 */
record VirtualAddresses(String interfaceName, List<InetAddress> addresses) {

    /** One for each virtual router that has the frontend's address; all of them when it listens on every address. */
    static List<VirtualAddresses> of(Cluster cluster, Node self, Frontend frontend) {
        InetAddress bind = frontend.bind().address();
        List<VirtualAddresses> all = new ArrayList<>();
        for (VirtualRouter router : cluster.virtualRouters()) {
            List<InetAddress> reached = router.addresses().stream()
                    .map(Cidr::address)
                    .filter(vip -> bind.isAnyLocalAddress() || bind.equals(vip))
                    .toList();
            if (!reached.isEmpty()) {
                all.add(new VirtualAddresses(router.interfaceOn(self), reached));
            }
        }
        return all;
    }
}
