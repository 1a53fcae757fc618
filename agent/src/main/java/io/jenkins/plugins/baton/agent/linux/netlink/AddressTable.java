package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.util.List;

/** The addresses of this machine's interfaces. */
public interface AddressTable {
    List<AssignedAddress> addresses() throws LinuxException;

    /** Adds the address, or gives the one that is there another lifetime. */
    void replaceAddress(Link link, Cidr address, Lifetime lifetime) throws LinuxException;

    /** @return whether it was there */
    boolean removeAddress(Link link, Cidr address) throws LinuxException;

    /** As {@link #removeAddress}, and no other address of the subnet with it. */
    void removeAddressAlone(Link link, Cidr address) throws LinuxException;
}
