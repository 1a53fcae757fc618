package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.net.InetAddress;

/** Tells the segment that an address is at this node now. */
public interface Announcements {
    /** Once; see {@link Announcer#announce}. */
    void announce(Link link, InetAddress address) throws LinuxException;
}
