package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.ethernet.Announcements;
import io.jenkins.plugins.baton.agent.linux.host.Clock;
import io.jenkins.plugins.baton.agent.linux.netlink.AddressTable;
import io.jenkins.plugins.baton.agent.router.address.LocalAddresses;
import io.jenkins.plugins.baton.agent.router.notice.MoveNotices;
import io.jenkins.plugins.baton.agent.router.notice.Notices;
import io.jenkins.plugins.baton.agent.router.segment.Hosts;
import java.util.HashSet;
import java.util.Set;

/**
 * What all routers of the real-time thread share.
 *
 * @param agents the nodes whose agents are known, or said by the file, to run
 */
record RouterContext(
        Clock clock,
        AddressTable addresses,
        Announcements announcer,
        LocalAddresses local,
        Hosts hosts,
        MoveNotices plane,
        Notices outbox,
        RouterListener listener,
        Statements statements,
        Set<String> agents) {

    RouterContext(
            Clock clock,
            AddressTable addresses,
            Announcements announcer,
            Hosts hosts,
            MoveNotices plane,
            Notices outbox,
            RouterListener listener) {
        this(
                clock,
                addresses,
                announcer,
                new LocalAddresses(),
                hosts,
                plane,
                outbox,
                listener,
                new Statements(),
                new HashSet<>());
    }

    void warn(String sentence) {
        outbox.post(() -> listener.warned(sentence));
    }
}
