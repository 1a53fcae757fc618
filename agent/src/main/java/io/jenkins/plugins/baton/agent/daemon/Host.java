package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.linux.host.Privileges;
import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this machine, as far as the agent sees it, has.
 *
 * @param addresses of all interfaces, without the loopback ones
 * @param interfaces names of all interfaces
 * @param capabilities what this process may do
 */
record Host(Set<InetAddress> addresses, Set<String> interfaces, Set<Capability> capabilities) {

    static Host look() throws LinuxException {
        try (Rtnetlink netlink = Rtnetlink.open()) {
            return new Host(
                    netlink.addresses().stream()
                            .map(AssignedAddress::address)
                            .map(Cidr::address)
                            .filter(address -> !address.isLoopbackAddress())
                            .collect(Collectors.toSet()),
                    netlink.links().stream().map(Link::name).collect(Collectors.toSet()),
                    Privileges.effective());
        }
    }
}
