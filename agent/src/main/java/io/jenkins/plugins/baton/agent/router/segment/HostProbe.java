package io.jenkins.plugins.baton.agent.router.segment;

import io.jenkins.plugins.baton.agent.linux.ethernet.NeighbourProbe;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.util.Optional;

/** Questions to the kernels of the hosts on one interface, and their answers. */
interface HostProbe {
    interface Opener {
        HostProbe open(Link link, boolean ipv6) throws LinuxException;
    }

    /** Whether there may be an answer. */
    boolean isReady();

    /** As {@link NeighbourProbe#ask}. */
    void ask(InetAddress own, InetAddress host, MacAddress mac) throws LinuxException;

    /** As {@link NeighbourProbe#receive}. */
    Optional<NeighbourProbe.Answer> receive() throws LinuxException;

    void close();

    /** Those whose answers end the wait of a poller. */
    static Opener polledBy(Poller poller) {
        return (link, ipv6) -> {
            NeighbourProbe probe = NeighbourProbe.open(link, ipv6);
            poller.add(probe);
            return new HostProbe() {
                @Override
                public boolean isReady() {
                    return poller.isReady(probe);
                }

                @Override
                public void ask(InetAddress own, InetAddress host, MacAddress mac) throws LinuxException {
                    probe.ask(own, host, mac);
                }

                @Override
                public Optional<NeighbourProbe.Answer> receive() throws LinuxException {
                    return probe.receive();
                }

                @Override
                public void close() {
                    poller.remove(probe);
                    probe.close();
                }
            };
        };
    }
}
