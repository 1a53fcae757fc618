package io.jenkins.plugins.baton.jmx.connector;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Decides who may connect. Asked by the one thread that accepts connections. */
public interface Admission {
    /**
     * @param theirs the client's end, an IPv4 address of this host
     * @param ours the connector's end
     * @return the name of the client's user; empty: it is refused, and was counted
     */
    Optional<String> admit(InetSocketAddress theirs, InetSocketAddress ours);

    /**
     * A client that was admitted is one too many.
     *
     * @param limit how many connections are open
     */
    void refuseOneMore(String user, int limit);
}
