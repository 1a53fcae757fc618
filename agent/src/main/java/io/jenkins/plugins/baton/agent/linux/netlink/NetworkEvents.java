package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.util.function.Consumer;

/**
 * What happens to the links and addresses of a network namespace, as it happens; but not that an IPv4 address which is there
 * has another lifetime. Never blocks.
 */
public final class NetworkEvents extends ForwardingPollable<NetlinkSocket> {
    private static final int RTMGRP_LINK = 0x1;
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV6_IFADDR = 0x100;

    private static final String RECEIVE = "receive events of interfaces and addresses";

    private NetworkEvents(NetlinkSocket socket) {
        super(socket);
    }

    /** Open it before reading links and addresses, so that no change falls between the two. */
    public static NetworkEvents open() throws LinuxException {
        return new NetworkEvents(
                NetlinkSocket.forEvents(RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR, EventFilter.NEWS));
    }

    /** Hands over the events that have come since the last time, in their order. */
    public void drain(Consumer<NetworkEvent> listener) throws LinuxException {
        drain(true, listener);
    }

    /** @param all without it those of one read; when there are more, this is still readable */
    public void drain(boolean all, Consumer<NetworkEvent> listener) throws LinuxException {
        boolean more = true;
        while (more) {
            try {
                more = socket.receive(RECEIVE, message -> deliver(message, listener)) && all;
            } catch (LinuxException e) {
                if (e.errno() != Errno.ENOBUFS) {
                    throw e;
                }
                listener.accept(new NetworkEvent.EventsLost());
            }
        }
    }

    private static void deliver(NetlinkMessage message, Consumer<NetworkEvent> listener) {
        switch (message.type()) {
            case LinkMessage.NEW ->
                LinkMessage.read(message).ifPresent(link -> listener.accept(new NetworkEvent.LinkChanged(link)));
            case LinkMessage.REMOVED ->
                LinkMessage.read(message).ifPresent(link -> listener.accept(new NetworkEvent.LinkRemoved(link)));
            case AddressMessage.NEW ->
                AddressMessage.read(message)
                        .ifPresent(address -> listener.accept(new NetworkEvent.AddressAdded(address)));
            case AddressMessage.REMOVED ->
                AddressMessage.read(message)
                        .ifPresent(address -> listener.accept(new NetworkEvent.AddressRemoved(address)));
            default -> {}
        }
    }
}
