package io.jenkins.plugins.baton.agent.plane.proxy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many sessions the limit of open files allows. */
final class OpenFiles {
    /** For everything else in the agent: the virtual IP, the checks and the management must never find the table full. */
    private static final int RESERVED = 256;

    private OpenFiles() {}

    static int sessionsThatFit() {
        long limit = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        return sessionsThatFit(limit);
    }

    /** Two files per session beside the reserve; where even that is scarce, a quarter of what there is. */
    static int sessionsThatFit(long limit) {
        long reserved = Math.min(RESERVED, limit / 2);
        return (int) Math.max(1, Math.min((limit - reserved) / 2, Integer.MAX_VALUE));
    }
}
