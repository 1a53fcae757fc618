package io.jenkins.plugins.baton.jmx;

import java.util.List;
import javax.management.ConstructorParameters;

/** Somebody else on the segment uses what is a virtual router's. Open type of {@link VirtualRouterMXBean}. */
public final class Conflict {
    /** Type of the notification that a virtual router sends when a conflict begins. */
    public static final String NOTIFICATION_TYPE = "baton.conflict";

    private final String kind;
    private final String source;
    private final String mac;
    private final int virtualRouterId;
    private final List<String> addresses;
    private final String since;
    private final long count;
    private final String message;

    /**
     * @param kind VRRP (another group), CARP (the same, of BSD), FORGERY (in the name of a node), ADDRESS (answers for a VIP)
     * @param source sender's address, or the address that is answered for
     * @param mac sender's Ethernet address; empty where it is not known
     * @param virtualRouterId 1..255
     * @param addresses VIPs that it names
     * @param since first seen, ISO 8601
     * @param count packets seen
     * @param message all of it as a sentence, and what to do
     */
    @ConstructorParameters({"kind", "source", "mac", "virtualRouterId", "addresses", "since", "count", "message"})
    public Conflict(
            String kind,
            String source,
            String mac,
            int virtualRouterId,
            List<String> addresses,
            String since,
            long count,
            String message) {
        this.kind = kind;
        this.source = source;
        this.mac = mac;
        this.virtualRouterId = virtualRouterId;
        this.addresses = List.copyOf(addresses);
        this.since = since;
        this.count = count;
        this.message = message;
    }

    public String getKind() {
        return kind;
    }

    public String getSource() {
        return source;
    }

    public String getMac() {
        return mac;
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

    public String getMessage() {
        return message;
    }
}
