package io.jenkins.plugins.baton.agent.linux.host;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * Whether an interface answers ARP requests for its own addresses alone ({@code arp_ignore}). By default Linux answers
 * for those of every interface, {@code lo} included.
 */
public final class ArpIgnore {
    private ArpIgnore() {}

    /** Where there is no such interface it is: nothing answers on it. */
    public static boolean isKept(String interfaceName) throws IOException {
        try {
            // The higher of the two counts (ip-sysctl in the kernel's documentation).
            return value("all") > 0 || value(interfaceName) > 0;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static int value(String interfaceName) throws IOException {
        return Integer.parseInt(
                Sysctl.of("net", "ipv4", "conf", interfaceName, "arp_ignore").read());
    }
}
