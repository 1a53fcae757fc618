package io.jenkins.plugins.baton.agent.peerlink;

/** Hears of the peers' agents, in order, on the peer link's own real-time thread: return at once, never block. */
public interface PeerLinkListener {

    /** The peer's agent runs: a connection to it stands. */
    void connected(String node);

    /** The connection is gone. The agent may have ended, the host or the network may have failed, or it is no peer any more. */
    void disconnected(String node);

    /** The peer's agent has ended, while its host lives: its kernel closed the connection in order. After {@link #disconnected}. */
    void ended(String node);

    /**
     * What the peer's agent tells of itself; on connecting and at every change.
     *
     * @param capabilities one line of at most {@value PeerConnections#MAX_CAPABILITIES} octets of UTF-8
     */
    void advertised(String node, String capabilities);

    /**
     * What the peer's routers do; on connecting, at every change, and when it was asked.
     *
     * @param state one line of at most {@value PeerConnections#MAX_STATE} octets of UTF-8
     * @param answer whether it was asked
     */
    void stated(String node, String state, boolean answer);

    /** The peer's agent asks what this node's routers do: {@link PeerConnections#answer}. */
    void asked(String node);

    /** Something a person should know, as a sentence. */
    void warned(String sentence);
}
