package io.jenkins.plugins.baton.agent.vrrp.packet;

import java.net.InetAddress;
import java.util.List;

/**
 * A VRRP packet of version 2 (RFC 3768 section 5.1) or 3 (RFC 9568 section 5.1).
 *
 * @param version 2 or 3
 * @param type what it says
 * @param virtualRouterId 1..255
 * @param priority 0..255; 0 says that the sender leaves
 * @param intervalNanos between two adverts of the sender; whole seconds in version 2, hundredths in version 3
 * @param addresses the virtual addresses, all of one family
 * @param authentication version 2 only, {@link Trailer#NONE} in version 3
 */
public record Advertisement(
        int version,
        Type type,
        int virtualRouterId,
        int priority,
        long intervalNanos,
        List<InetAddress> addresses,
        Trailer authentication) {

    /** The packet's type field. */
    public enum Type {
        /** The only type that the RFCs know. */
        ADVERTISEMENT(1),
        /**
         * Of our own: the holder asks the receiver to take over; with priority 0 it asks all its peers, the next in
         * line first. It goes to a node's own address only, never to the group
         * (docs/decisions/handover-to-a-named-node.md, planned-moves.md).
         */
        TAKEOVER_ORDER(2);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * The authentication fields of version 2.
     *
     * @param type 0 is none, 1 is a password in clear text
     * @param data eight octets, most significant first
     */
    public record Trailer(int type, long data) {
        public static final Trailer NONE = new Trailer(0, 0);

        /** Never the password. */
        @Override
        public String toString() {
            return "Trailer[type=" + type + "]";
        }
    }

    public Advertisement {
        addresses = List.copyOf(addresses);
    }
}
