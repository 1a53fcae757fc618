package io.jenkins.plugins.baton.jmx.connector;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * On whose behalf a thread works.
 *
 * @param user as logs should name who asks
 * @param way by which the words came, such as {@code over JMX}
 */
public record Caller(String user, String way) {
    private static final ThreadLocal<Caller> CURRENT = new ThreadLocal<>();

    /** The thread has read what this user sent over JMX. */
    static void isOverJmx(String user) {
        CURRENT.set(new Caller(user, "over JMX"));
    }

    /** Does something on behalf of somebody whose words came in another way. */
    public <T> T carryOut(Callable<T> work) throws Exception {
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            CURRENT.remove();
        }
    }

    /** Empty on a thread that reads from no connection. */
    public static Optional<Caller> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    @Override
    public String toString() {
        return user + " " + way;
    }
}
