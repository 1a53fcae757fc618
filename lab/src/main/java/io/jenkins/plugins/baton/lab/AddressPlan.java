package io.jenkins.plugins.baton.lab;

/** The address plan that every lab has, each in its own world: that of the guides. */
public final class AddressPlan {
    /** The virtual addresses. */
    public static final String VIP = "10.86.13.36";

    public static final String VIP6 = "fd00:86:13::36";

    /** Where the balancers listen, and the HTTPS backends behind them. */
    public static final int FRONTEND_PORT = 8443;

    public static final int BACKEND_PORT = 6443;

    /** The number of the host from which clients or an operator come. */
    public static final int CLIENT = 9;

    private AddressPlan() {}

    /** The number of the node m{@code i}: after 30 to 35 comes the VIP, so the seventh is 37. */
    public static int node(int i) {
        return i <= 6 ? 29 + i : 30 + i;
    }

    public static String ipv4(int number) {
        return "10.86.13." + number;
    }

    public static String ipv6(int number) {
        return "fd00:86:13::" + number;
    }

    public static String linkLocal(int number) {
        return "fe80::" + number;
    }
}
