package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.cluster.Cidr;

/**
 * How long the kernel keeps an address that nobody renews.
 *
 * @param validSeconds 1..2^32-1 until the kernel removes it; {@link #INFINITE} is never
 * @param preferredSeconds 0..valid until it is deprecated, that is, no longer a source of new connections
 */
public record Lifetime(long validSeconds, long preferredSeconds) {
    /** INFINITY_LIFE_TIME of the kernel. */
    public static final long INFINITE = 0xffff_ffffL;

    public static final Lifetime FOREVER = new Lifetime(INFINITE, INFINITE);

    public Lifetime {
        if (validSeconds < 1 || validSeconds > INFINITE || preferredSeconds < 0 || preferredSeconds > validSeconds) {
            throw new IllegalArgumentException(
                    "lifetimes are 1..2^32-1 and 0..valid, not " + validSeconds + " and " + preferredSeconds);
        }
    }

    /**
     * A VIP's lease. An IPv6 VIP is deprecated from the start, so that the node's own connections never choose it as
     * their source (RFC 6724 rule 3) and die with the next move; IPv4 has no such rule.
     */
    public static Lifetime lease(Cidr address, long validSeconds) {
        return new Lifetime(validSeconds, address.isIpv6() ? 0 : validSeconds);
    }
}
