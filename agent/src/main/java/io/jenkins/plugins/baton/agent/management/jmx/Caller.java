package io.jenkins.plugins.baton.agent.management.jmx;

import java.util.Optional;

/** On whose behalf a thread works that carries out what came over JMX. */
final class Caller {
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private Caller() {}

    /** The thread has read what this user sent. */
    static void is(String user) {
        CURRENT.set(user);
    }

    /** The user's name; empty on a thread that reads from no connection. */
    static Optional<String> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
