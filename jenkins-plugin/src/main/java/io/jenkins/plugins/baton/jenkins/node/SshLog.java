package io.jenkins.plugins.baton.jenkins.node;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The SSH library's own log, which has a stack trace for each lost connection: in a drill connections are lost on purpose, and
 * the steps say so in sentences. A level that somebody configured, as by a log recorder of Jenkins, stays.
 */
final class SshLog {
    /** Held here: a logger that nobody holds loses its level. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("net.schmizz"), Logger.getLogger("com.hierynomus.sshj"));

    private SshLog() {}

    /** In this JVM, from now on. */
    static void quieten() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.OFF);
            }
        }
    }
}
