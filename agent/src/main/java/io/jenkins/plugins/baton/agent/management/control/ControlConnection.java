package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.linux.host.OwnService;
import io.jenkins.plugins.baton.agent.linux.host.Users;
import io.jenkins.plugins.baton.jmx.text.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the {@link ControlSocket}: it sends one line of at most 4 KB and reads until the end. The answer's first
 * line is {@code ok} or {@code error CODE SENTENCE}, the rest is for the operator's terminal. A client that keeps the
 * agent waiting, for its line or for room to write, is cut off.
 */
final class ControlConnection implements Runnable, ControlCommands.Output {
    private static final Logger LOG = LoggerFactory.getLogger("control");
    private static final int MAX_REQUEST_BYTES = 4096;
    private static final int ROOT = 0;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final SocketChannel client;
    private final ControlCommands commands;
    private final ScheduledExecutorService watchdog;

    ControlConnection(SocketChannel client, ControlCommands commands, ScheduledExecutorService watchdog) {
        this.client = client;
        this.commands = commands;
        this.watchdog = watchdog;
    }

    @Override
    public void run() {
        try (client) {
            String line = readLine();
            try {
                refuseScripts();
                commands.execute(line, peer(), this);
            } catch (ControlCommands.Refusal e) {
                refuse(e);
            } catch (RuntimeException e) {
                LOG.error("Answering '{}' failed", Printable.line(line), e);
                refuse(ControlCommands.Refusal.failed("The agent failed to answer, its log says why: " + e));
            }
        } catch (IOException e) {
            LOG.debug("A client of the control socket went away: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent ends
        }
    }

    private void refuse(ControlCommands.Refusal refusal) throws IOException {
        String sentence = refusal.getMessage().replace('\n', ' ');
        print("error " + refusal.exitCode() + " " + Printable.line(sentence) + "\n");
    }

    private String readLine() throws IOException {
        ByteBuffer line = ByteBuffer.allocate(MAX_REQUEST_BYTES);
        Future<?> cut = cutLater();
        try {
            while (line.position() == 0 || line.get(line.position() - 1) != '\n') {
                if (!line.hasRemaining() || client.read(line) < 0) {
                    throw new IOException("no line of at most " + MAX_REQUEST_BYTES + " bytes came");
                }
            }
        } finally {
            cut.cancel(false);
        }
        return new String(line.array(), 0, line.position(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void print(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        Future<?> cut = cutLater();
        try {
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } finally {
            cut.cancel(false);
        }
    }

    @Override
    public boolean isWanted() throws IOException {
        client.configureBlocking(false);
        try {
            return client.read(ByteBuffer.allocate(MAX_REQUEST_BYTES)) >= 0;
        } finally {
            client.configureBlocking(true);
        }
    }

    private Future<?> cutLater() {
        return watchdog.schedule(
                () -> {
                    client.close();
                    return null;
                },
                REQUEST_TIMEOUT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The user at the other end, as the kernel says. */
    private String peer() {
        try {
            Principal user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            return user.getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "an unknown user";
        }
    }

    /**
     * The scripts of checks run as the agent's user, and nobody else of that user has business here while the agent is a
     * service: operators are root or of the socket's group.
     */
    private void refuseScripts() throws ControlCommands.Refusal {
        if (OwnService.exists() && Users.own() != ROOT && peer().equals(Users.name(Users.own()))) {
            LOG.warn("Refused a command of {}, as whom the scripts of checks run", peer());
            throw ControlCommands.Refusal.failed("Check scripts run as " + peer()
                    + ", so that this user may not command the agent; run as root or as"
                    + " another member of the socket's group");
        }
    }
}
