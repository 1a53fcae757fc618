package io.jenkins.plugins.baton.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/**
 * One attempt of a client to get an answer.
 *
 * @param start when it began, {@link System#nanoTime}, which is one clock for all JVMs of a machine
 * @param end when it was over
 */
public record Sample(long start, long end, Result result) {

    public enum Result {
        ANSWERED,
        REFUSED,
        UNREACHABLE,
        RESET,
        CLOSED_WITHOUT_ANSWER,
        TIMED_OUT;

        /** What an exception of a socket means to a client. */
        static Result of(IOException e) {
            if (e instanceof SocketTimeoutException) {
                return TIMED_OUT;
            }
            if (e instanceof EOFException || e instanceof SSLException && e.getCause() instanceof EOFException) {
                return CLOSED_WITHOUT_ANSWER;
            }
            if (e instanceof NoRouteToHostException || "Network is unreachable".equals(e.getMessage())) {
                return UNREACHABLE;
            }
            if (e instanceof ConnectException) {
                return switch (String.valueOf(e.getMessage())) {
                    case "Connection refused" -> REFUSED;
                    case "Connection timed out" -> TIMED_OUT;
                    default -> UNREACHABLE;
                };
            }
            return RESET;
        }
    }

    public double millis() {
        return (end - start) / 1e6;
    }

    /** A client noticed something: no answer, or a late one. */
    public boolean isBad(long slowNanos) {
        return result != Result.ANSWERED || end - start > slowNanos;
    }
}
