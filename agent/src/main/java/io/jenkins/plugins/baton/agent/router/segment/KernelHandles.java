package io.jenkins.plugins.baton.agent.router.segment;

import io.jenkins.plugins.baton.agent.linux.ethernet.Announcer;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import io.jenkins.plugins.baton.agent.linux.netlink.NetworkEvents;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;

/** What the real-time thread shares among its routers; opened at the start, so that it cannot fail later. */
public record KernelHandles(
        Poller poller, NetworkEvents events, Rtnetlink rtnetlink, Announcer announcer, Wakeup commands)
        implements AutoCloseable {

    public static KernelHandles open() throws LinuxException {
        // Events first: a change between reading a state and listening for changes would go unseen.
        NetworkEvents events = NetworkEvents.open();
        Rtnetlink rtnetlink = null;
        Announcer announcer = null;
        try {
            rtnetlink = Rtnetlink.open();
            announcer = Announcer.open();
            KernelHandles kernel = new KernelHandles(new Poller(), events, rtnetlink, announcer, Wakeup.open());
            kernel.poller.add(events);
            kernel.poller.add(kernel.commands);
            return kernel;
        } catch (LinuxException e) {
            if (announcer != null) {
                announcer.close();
            }
            if (rtnetlink != null) {
                rtnetlink.close();
            }
            events.close();
            throw e;
        }
    }

    @Override
    public void close() {
        events.close();
        rtnetlink.close();
        announcer.close();
        commands.close();
    }
}
