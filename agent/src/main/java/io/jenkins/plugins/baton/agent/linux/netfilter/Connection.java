package io.jenkins.plugins.baton.agent.linux.netfilter;

import java.net.InetAddress;

/**
 * A TCP connection as connection tracking knows it.
 *
 * @param client who opened it
 * @param server who answers: the address that took the place of the one the client asked for
 * @param established whether its handshake has ended and its end has not begun
 * @param ended whether both ends have closed it (TIME_WAIT); the kernel knows it for two minutes more, {@code
 *     nf_conntrack_tcp_timeout_time_wait}
 * @param tuple what identifies it to the kernel, as the kernel wrote it
 */
public record Connection(InetAddress client, InetAddress server, boolean established, boolean ended, byte[] tuple) {
    @Override
    public byte[] tuple() {
        return tuple.clone();
    }
}
