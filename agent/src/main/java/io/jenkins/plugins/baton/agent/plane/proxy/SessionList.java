package io.jenkins.plugins.baton.agent.plane.proxy;

import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * The sessions of one event loop that are in the same phase. Each session knows its place, so that adding and removing
 * cost the same with twenty thousand of them and leave no garbage. Belongs to its loop.
 */
final class SessionList {
    private final ArrayList<Session> sessions = new ArrayList<>();

    boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** Those of one frontend. */
    long count(ProxyFrontend frontend) {
        return sessions.stream()
                .filter(session -> session.frontend() == frontend)
                .count();
    }

    void add(Session session) {
        session.place = sessions.size();
        sessions.add(session);
    }

    /** Puts the last one into the gap. */
    void remove(Session session) {
        Session last = sessions.remove(sessions.size() - 1);
        if (last != session) {
            sessions.set(session.place, last);
            last.place = session.place;
        }
    }

    /** @param action may remove the session that it is given, and no other one */
    void forEach(Consumer<Session> action) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            action.accept(sessions.get(i));
        }
    }
}
