package io.jenkins.plugins.baton.fleet.probe;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Asks a target once. */
public final class Probe {
    private Probe() {}

    /** @param detail what went wrong, for a person; empty when it is good */
    public record Answer(boolean good, String detail) {}

    /** @param timeout for the connection and for the answer, each */
    public static Answer ask(Target target, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(target.endpoint().toSocketAddress(), millis);
            if (!target.tls()) {
                return new Answer(true, "");
            }
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(ClientHello.record().array());
            int first = socket.getInputStream().read();
            return first >= 0 && ClientHello.isAnswer((byte) first)
                    ? new Answer(true, "")
                    : new Answer(false, first < 0 ? "closed without an answer" : "the answer is not TLS");
        } catch (SocketTimeoutException e) {
            return new Answer(false, "nothing within " + millis + " ms");
        } catch (IOException e) {
            return new Answer(false, e.getMessage());
        }
    }
}
