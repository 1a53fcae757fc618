package io.jenkins.plugins.baton.agent.tether;

/** Hears of the peers' agents, in order, on the tether's own real-time thread: return at once, never block. */
public interface TetherListener {

    /** The peer's agent runs: a connection to it stands. */
    void tethered(String node);

    /** The connection is gone. The agent may have ended, the host or the network may have failed, or it is no peer any more. */
    void untethered(String node);

    /** The peer's agent has ended, while its host lives: its kernel closed the connection in order. After {@link #untethered}. */
    void ended(String node);

    /**
     * What the peer's agent tells of itself; on connecting and at every change.
     *
     * @param offer one line of at most {@value Tether#LONGEST_OFFER} octets of UTF-8
     */
    void offered(String node, String offer);

    /**
     * What the peer's routers do; on connecting, at every change, and when it was asked.
     *
     * @param state one line of at most {@value Tether#LONGEST_STATE} octets of UTF-8
     * @param answer whether it was asked
     */
    void stated(String node, String state, boolean answer);

    /** The peer's agent asks what this node's routers do: {@link Tether#answer}. */
    void asked(String node);

    /** Something a person should know, as a sentence. */
    void warned(String sentence);
}
