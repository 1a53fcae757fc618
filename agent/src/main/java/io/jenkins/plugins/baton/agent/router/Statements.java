package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.vrrp.Statement;
import java.util.Map;
import java.util.TreeMap;

/** What this node's agent says of its routers over the peer links. On the real-time thread. */
final class Statements {
    private final Map<String, Statement> byRouter = new TreeMap<>();
    private PeerLinks links = PeerLinks.NONE;

    void sendBy(PeerLinks next) {
        links = next;
        links.state(text());
    }

    /** A router is like this from now on. To be called before its packets leave: statement and packet travel at once. */
    void set(String router, Statement statement) {
        if (!statement.equals(byRouter.put(router, statement))) {
            links.state(text());
        }
    }

    void remove(String router) {
        if (byRouter.remove(router) != null) {
            links.state(text());
        }
    }

    void ask(String node) {
        links.ask(node);
    }

    void answer(String node) {
        links.answer(node, text());
    }

    private String text() {
        return Statement.text(byRouter);
    }
}
