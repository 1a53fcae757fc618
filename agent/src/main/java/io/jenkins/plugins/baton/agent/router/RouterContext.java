package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.router.address.LocalAddresses;
import io.jenkins.plugins.baton.agent.router.notice.DataPlaneNotifier;
import io.jenkins.plugins.baton.agent.router.notice.Outbox;
import io.jenkins.plugins.baton.agent.router.segment.Hosts;
import io.jenkins.plugins.baton.agent.router.segment.KernelHandles;
import java.util.HashSet;
import java.util.Set;

/**
 * What all routers of the real-time thread share.
 *
 * @param agents the nodes whose agents are known, or said by the file, to run
 */
record RouterContext(
        KernelHandles kernel,
        LocalAddresses local,
        Hosts hosts,
        DataPlaneNotifier plane,
        Outbox outbox,
        RouterListener listener,
        Statements statements,
        Set<String> agents) {

    RouterContext(KernelHandles kernel, Hosts hosts, DataPlaneNotifier plane, Outbox outbox, RouterListener listener) {
        this(kernel, new LocalAddresses(), hosts, plane, outbox, listener, new Statements(), new HashSet<>());
    }

    void warn(String sentence) {
        outbox.post(() -> listener.warned(sentence));
    }
}
