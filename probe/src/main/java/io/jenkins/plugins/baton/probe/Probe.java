package io.jenkins.plugins.baton.probe;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Asks a target once. */
public final class Probe {
    private static final String NO_ANSWER = "closed without an answer";

    private Probe() {}

    /** @param detail what went wrong, for a person; empty when it is good */
    public record Answer(boolean good, String detail) {
        private static final Answer GOOD = new Answer(true, "");

        private static Answer bad(String detail) {
            return new Answer(false, detail);
        }
    }

    /** @param timeout for the connection and for the answer, each */
    public static Answer ask(Target target, Duration timeout) {
        try {
            Answer cheap = ask(target, timeout, ClientHello.REFUSED);
            return cheap.detail().equals(NO_ANSWER) ? ask(target, timeout, ClientHello.accepted()) : cheap;
        } catch (SocketTimeoutException e) {
            return Answer.bad("nothing within " + timeout.toMillis() + " ms");
        } catch (IOException e) {
            return Answer.bad(e.getMessage());
        }
    }

    /** The cheapest hello that the target answers; the cheapest of all when it answers none now. */
    static ClientHello hello(Target target, Duration timeout) {
        try {
            if (ask(target, timeout, ClientHello.REFUSED).detail().equals(NO_ANSWER)) {
                ClientHello accepted = ClientHello.accepted();
                return ask(target, timeout, accepted).good() ? accepted : ClientHello.REFUSED;
            }
        } catch (IOException e) {
            // The target will be asked again, with the cheap one.
            return ClientHello.REFUSED;
        }
        return ClientHello.REFUSED;
    }

    private static Answer ask(Target target, Duration timeout, ClientHello hello) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(target.address(), millis);
            if (!target.tls()) {
                return Answer.GOOD;
            }
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(hello.bytes());
            int first = socket.getInputStream().read();
            if (first < 0) {
                return Answer.bad(NO_ANSWER);
            }
            return ClientHello.isAnswer((byte) first) ? Answer.GOOD : Answer.bad("the answer is not TLS");
        }
    }
}
