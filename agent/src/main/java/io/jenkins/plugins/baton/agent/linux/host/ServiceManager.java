package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Tells systemd how the service is, as sd_notify(3) describes. Does nothing where {@code NOTIFY_SOCKET} is not set.
 * Any thread may call it.
 */
public final class ServiceManager {
    /** sun_path of struct sockaddr_un. */
    private static final int MAX_PATH = 108;

    /** Microseconds; what else the environment may say is not from systemd. */
    private static final String WATCHDOG = "[1-9][0-9]{0,14}";

    private final Optional<String> socket;
    private final Optional<Duration> watchdog;

    /**
     * @param socket the value of {@code NOTIFY_SOCKET}: a path, or {@code @} and a name for an abstract address; an empty one
     *     is none
     * @param watchdogMicros the value of {@code WATCHDOG_USEC}
     */
    ServiceManager(Optional<String> socket, Optional<String> watchdogMicros) {
        this.socket = socket.filter(address -> !address.isEmpty());
        this.watchdog = watchdogMicros
                .filter(micros -> micros.matches(WATCHDOG))
                .map(micros -> Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
    }

    public static ServiceManager fromEnvironment() {
        return new ServiceManager(
                Optional.ofNullable(System.getenv("NOTIFY_SOCKET")),
                Optional.ofNullable(System.getenv("WATCHDOG_USEC")));
    }

    /** How long systemd waits for the next {@link #alive} before it kills the service; call it at half of that. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    public void ready(String status) throws LinuxException {
        send("READY=1\nSTATUS=" + status);
    }

    /** Must be followed by {@link #ready} when the reload is over. */
    public void reloading() throws LinuxException {
        // Type=notify-reload wants the moment; systemd compares it with CLOCK_MONOTONIC, which nanoTime is.
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    /** @param atMost how long the service needs to end, should that be longer than its unit allows */
    public void stopping(String status, Duration atMost) throws LinuxException {
        send("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + atMost.toNanos() / 1000 + "\nSTATUS=" + status);
    }

    /** One line for {@code systemctl status}. */
    public void status(String status) throws LinuxException {
        send("STATUS=" + status);
    }

    /** Feeds the watchdog. */
    public void alive() throws LinuxException {
        send("WATCHDOG=1");
    }

    private void send(String state) throws LinuxException {
        if (socket.isEmpty()) {
            return;
        }
        try (Socket to = Socket.open("for the service manager", Socket.AF_UNIX, Socket.DGRAM, 0)) {
            byte[] message = state.getBytes(StandardCharsets.UTF_8);
            to.send("notify the service manager at " + socket.get(), message, address(socket.get()));
        }
    }

    private static byte[] address(String name) throws LinuxException {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length >= MAX_PATH) {
            throw new LinuxException("notify the service manager at " + name, Errno.EINVAL);
        }
        if (path[0] == '@') {
            path[0] = 0; // an abstract address: no file, and its length counts
        }
        return StructWriter.of(2 + path.length)
                .int16(Socket.AF_UNIX)
                .bytes(path)
                .array();
    }
}
