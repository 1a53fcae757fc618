package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.lab.probe.Observation.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Names what an exception of a socket means to a client. */
final class Failure {
    private Failure() {}

    static Outcome of(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof SocketTimeoutException) {
            return Outcome.TIMED_OUT;
        }
        if (e instanceof EOFException || message.contains("closed") || message.contains("terminated")) {
            return Outcome.CLOSED;
        }
        if (message.contains("refused")) {
            return Outcome.REFUSED;
        }
        if (message.contains("unreachable") || message.contains("No route")) {
            return Outcome.UNREACHABLE;
        }
        return message.contains("timed out") ? Outcome.TIMED_OUT : Outcome.RESET;
    }
}
