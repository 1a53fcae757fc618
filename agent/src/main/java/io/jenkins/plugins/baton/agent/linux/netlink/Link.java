package io.jenkins.plugins.baton.agent.linux.netlink;

/**
 * A network interface as rtnetlink shows it.
 *
 * @param index unique in its namespace, and not reused soon: an interface that was made anew has another index
 * @param name at most 15 bytes; it may change
 * @param mac {@link MacAddress#NONE} when it has none of six octets
 * @param hardwareType ARPHRD_*, see {@link #isEthernet()}
 * @param flags IFF_*
 * @param operState RFC 2863 state
 * @param mtu bytes
 */
public record Link(int index, String name, MacAddress mac, int hardwareType, int flags, OperState operState, int mtu) {
    private static final int IFF_UP = 0x1;
    private static final int IFF_LOOPBACK = 0x8;
    private static final int IFF_RUNNING = 0x40;
    private static final int ARPHRD_ETHER = 1;

    /** The states of linux/if.h, in their numeric order. */
    public enum OperState {
        UNKNOWN,
        NOT_PRESENT,
        DOWN,
        LOWER_LAYER_DOWN,
        TESTING,
        DORMANT,
        UP;

        static OperState of(int number) {
            return number >= 0 && number < values().length ? values()[number] : UNKNOWN;
        }
    }

    /** Switched on by the administrator. */
    public boolean isUp() {
        return (flags & IFF_UP) != 0;
    }

    /** Switched on and with a carrier: able to carry frames. */
    public boolean isRunning() {
        return isUp() && (flags & IFF_RUNNING) != 0;
    }

    public boolean isLoopback() {
        return (flags & IFF_LOOPBACK) != 0;
    }

    /** Whether ARP and the Ethernet forms of neighbour discovery make sense on it. */
    public boolean isEthernet() {
        return hardwareType == ARPHRD_ETHER && !isLoopback();
    }
}
