package io.jenkins.plugins.baton.jmx;

import java.util.List;
import javax.management.ConstructorParameters;

/** Somebody who is not a node of the cluster file advertises with our VRID. Open type of {@link VirtualRouterMXBean}. */
public final class Conflict {
    /** Type of the notification that a virtual router sends when a conflict begins. */
    public static final String NOTIFICATION_TYPE = "baton.conflict";

    private final String source;
    private final int virtualRouterId;
    private final List<String> addresses;
    private final String since;
    private final long count;

    /**
     * @param source sender's address
     * @param virtualRouterId 1..255
     * @param addresses VIPs that it advertises
     * @param since first seen, ISO 8601
     * @param count adverts seen
     */
    @ConstructorParameters({"source", "virtualRouterId", "addresses", "since", "count"})
    public Conflict(String source, int virtualRouterId, List<String> addresses, String since, long count) {
        this.source = source;
        this.virtualRouterId = virtualRouterId;
        this.addresses = List.copyOf(addresses);
        this.since = since;
        this.count = count;
    }

    public String getSource() {
        return source;
    }

    public int getVirtualRouterId() {
        return virtualRouterId;
    }

    public List<String> getAddresses() {
        return addresses;
    }

    public String getSince() {
        return since;
    }

    public long getCount() {
        return count;
    }
}
