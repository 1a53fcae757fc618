package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.cluster.Cidr;

/**
 * An address that an interface has.
 *
 * @param linkIndex the interface
 * @param flags IFA_F_*
 * @param scope RT_SCOPE_*: 0 global, 253 link, 254 host
 * @param lifetime what was left of it when the kernel said so
 */
public record AssignedAddress(int linkIndex, Cidr address, int flags, int scope, Lifetime lifetime) {
    static final int IFA_F_SECONDARY = 0x01;
    static final int IFA_F_NODAD = 0x02;
    static final int IFA_F_DADFAILED = 0x08;
    static final int IFA_F_TENTATIVE = 0x40;
    static final int IFA_F_NOPREFIXROUTE = 0x200;

    private static final int RT_SCOPE_LINK = 253;

    /** IPv6 duplicate address detection found another host that has it. */
    public boolean isDuplicate() {
        return address.isIpv6() && (flags & IFA_F_DADFAILED) != 0;
    }

    /** IPv6 duplicate address detection is not over, or failed: the address cannot be used. */
    public boolean isTentative() {
        return (flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED)) != 0;
    }

    /** IPv4: the kernel has another address of the same subnet before it, and takes this one away with that. */
    public boolean isSecondary() {
        return !address.isIpv6() && (flags & IFA_F_SECONDARY) != 0;
    }

    /** An address of this link only, such as the IPv6 one that VRRP adverts are sent from. */
    public boolean isLinkLocal() {
        return scope == RT_SCOPE_LINK;
    }
}
