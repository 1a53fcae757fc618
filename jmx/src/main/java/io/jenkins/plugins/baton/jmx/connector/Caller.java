package io.jenkins.plugins.baton.jmx.connector;

import java.util.Optional;
import java.util.concurrent.Callable;

/** On whose behalf a thread works that carries out what came over JMX. */
public final class Caller {
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private Caller() {}

    /** The thread has read what this user sent. */
    static void is(String user) {
        CURRENT.set(user);
    }

    /**
     * Does something on behalf of somebody whose words came in another way.
     *
     * @param user as logs should name who asks
     */
    public static <T> T as(String user, Callable<T> work) throws Exception {
        CURRENT.set(user);
        try {
            return work.call();
        } finally {
            CURRENT.remove();
        }
    }

    /** The user's name; empty on a thread that reads from no connection. */
    public static Optional<String> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
