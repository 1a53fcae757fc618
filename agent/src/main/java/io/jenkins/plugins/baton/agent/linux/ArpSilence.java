package io.jenkins.plugins.baton.agent.linux;

import java.io.IOException;

/**
 * Whether an interface answers ARP requests for its own addresses alone ({@code arp_ignore}). By default Linux answers
 * for those of every interface, {@code lo} included.
 */
public final class ArpSilence {
    private ArpSilence() {}

    /** @throws IOException when there is no such interface */
    public static boolean isKept(String interfaceName) throws IOException {
        // The higher of the two counts (ip-sysctl in the kernel's documentation).
        return value("all") > 0 || value(interfaceName) > 0;
    }

    private static int value(String interfaceName) throws IOException {
        return Integer.parseInt(
                Sysctl.of("net", "ipv4", "conf", interfaceName, "arp_ignore").read());
    }
}
