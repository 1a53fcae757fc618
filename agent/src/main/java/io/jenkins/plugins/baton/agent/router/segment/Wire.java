package io.jenkins.plugins.baton.agent.router.segment;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Where the packets of a virtual router go: a {@link Segment}, as one router uses it. */
public interface Wire {
    Segment.Place place();

    /** The interface; empty when there is none. */
    Optional<Link> link();

    /** Why nothing can be sent or heard here; empty when it can. */
    Optional<String> obstacle();

    /** Without an interface nothing is sent; the routers are in FAULT then. */
    void send(ByteBuffer packet, InetAddress source, InetAddress destination) throws LinuxException;

    /** Asks who else has the address. */
    void askForClaims(InetAddress address) throws LinuxException;
}
