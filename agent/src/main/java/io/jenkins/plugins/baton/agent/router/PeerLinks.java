package io.jenkins.plugins.baton.agent.router;

/** The peer links to other agents, as the routers use them. Any thread; none waits. */
public interface PeerLinks {
    PeerLinks NONE = new PeerLinks() {
        @Override
        public void state(String statements) {}

        @Override
        public void ask(String node) {}

        @Override
        public void answer(String node, String statements) {}
    };

    /** Tells all peers, now and whenever one connects, what this node's routers do. */
    void state(String statements);

    /** Asks one peer to say the same of its routers. */
    void ask(String node);

    /** Answers a peer that asked. */
    void answer(String node, String statements);
}
