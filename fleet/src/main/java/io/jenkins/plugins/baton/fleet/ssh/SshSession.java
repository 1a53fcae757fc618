package io.jenkins.plugins.baton.fleet.ssh;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;

/**
 * The one connection to a node. Commands may run at the same time from several threads. Every method fails with a
 * sentence that names the node.
 */
public final class SshSession implements AutoCloseable {
    /** How commands become root. */
    private enum Elevation {
        NOT_NEEDED,
        SUDO,
        SUDO_WITH_PASSWORD
    }

    private final String node;
    private final Access access;
    private final Connection connection;
    private final ExecutorService readers;
    private Elevation elevation;

    private SshSession(String node, Access access, Connection connection) {
        this.node = node;
        this.access = access;
        this.connection = connection;
        this.readers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ssh-" + node);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Connects and logs in.
     *
     * @param node the node's name, for messages
     * @param host its address
     */
    public static SshSession open(String node, String host, Access access) throws SshException {
        return new SshSession(node, access, Connection.open(node, host, access));
    }

    public String node() {
        return node;
    }

    public boolean isOpen() {
        return connection.client().isConnected();
    }

    /** Runs a command to its end, whatever that is. */
    public Outcome run(Command command) throws SshException {
        String line = shellLine(command);
        boolean withPassword = command.root() && elevation() == Elevation.SUDO_WITH_PASSWORD;
        Session session = null;
        boolean ended = false;
        try {
            session = startSession();
            Session.Command running = session.exec(line);
            CompletableFuture<String> output = read(running.getInputStream(), command.lines());
            CompletableFuture<String> errors = read(running.getErrorStream(), command.lines());
            InputStream input = command.input().orElse(InputStream.nullInputStream());
            feed(withPassword ? afterPassword(input) : input, running.getOutputStream());
            CompletableFuture.allOf(output, errors).get(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            running.join(5, TimeUnit.SECONDS);
            ended = true;
            Integer status = running.getExitStatus();
            if (status == null && running.getExitSignal() == null) {
                throw new SshException(node, "the connection was lost while this ran: " + summary(command));
            }
            return new Outcome(status == null ? -1 : status, output.join(), errors.join());
        } catch (TimeoutException e) {
            throw new SshException(node, "no end after " + command.timeout().toMillis() + " ms: " + summary(command), e);
        } catch (ExecutionException | IOException | RejectedExecutionException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new SshException(
                    node, "the connection was lost (" + cause.getMessage() + ") while this ran: " + summary(command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SshException(node, "interrupted while this ran: " + summary(command), e);
        } finally {
            if (session != null) {
                end(session, ended);
            }
        }
    }

    /** sshj says by an unchecked exception that the connection has ended, which may be at any moment. */
    private Session startSession() throws IOException {
        try {
            return connection.client().startSession();
        } catch (IllegalStateException e) {
            throw new IOException("it is closed", e);
        }
    }

    /** Closes a command's channel. sshd answers only when the command has ended: nobody waits for one given up. */
    private void end(Session session, boolean ended) {
        Runnable close = () -> {
            try (session) {
                if (!ended && session instanceof Session.Command running) {
                    running.signal(Signal.KILL);
                }
            } catch (IOException e) {
                // The connection is lost, and the channel with it.
                return;
            }
        };
        if (ended) {
            close.run();
            return;
        }
        try {
            readers.execute(close);
        } catch (RejectedExecutionException e) {
            // This session is being closed, and the channel with it.
            return;
        }
    }

    /**
     * Runs a command that must succeed.
     *
     * @param purpose what it is for, as it fits after "cannot": {@code create /opt/baton}
     * @return its standard output
     */
    public String require(String purpose, Command command) throws SshException {
        Outcome outcome = run(command);
        if (!outcome.succeeded()) {
            throw new SshException(node, "cannot " + purpose + ": " + outcome.complaint());
        }
        return outcome.output();
    }

    private String shellLine(Command command) throws SshException {
        String shell = "sh -c " + Command.quote(command.script());
        if (!command.root()) {
            return shell;
        }
        return switch (elevation()) {
            case NOT_NEEDED -> shell;
            case SUDO -> "sudo -n -- " + shell;
            // -k: always asks, else a cached permission would leave the password to the command's input.
            case SUDO_WITH_PASSWORD -> "sudo -k -S -p '' -- " + shell;
        };
    }

    private synchronized Elevation elevation() throws SshException {
        if (elevation == null) {
            elevation = findElevation();
        }
        return elevation;
    }

    private Elevation findElevation() throws SshException {
        if (run(Command.asUser("id -u")).output().strip().equals("0")) {
            return Elevation.NOT_NEEDED;
        }
        if (run(Command.asUser("sudo -n true")).succeeded()) {
            return Elevation.SUDO;
        }
        if (access.sudoPassword().isEmpty()) {
            throw new SshException(node, "user " + access.user() + " may not use sudo without a password. Allow it in "
                    + "sudoers, log in as root, or give the sudo password (--sudo-password-file)");
        }
        Outcome outcome = run(Command.asUser("sudo -k -S -p '' true")
                .reading(access.sudoPassword().get().value() + "\n"));
        if (!outcome.succeeded()) {
            throw new SshException(node, "sudo refuses user " + access.user() + ": the password is wrong, or sudoers does "
                    + "not allow this user anything");
        }
        return Elevation.SUDO_WITH_PASSWORD;
    }

    private InputStream afterPassword(InputStream input) {
        byte[] line = (access.sudoPassword().orElseThrow().value() + "\n").getBytes(StandardCharsets.UTF_8);
        return new SequenceInputStream(new ByteArrayInputStream(line), input);
    }

    private CompletableFuture<String> read(InputStream stream, Consumer<String> lines) {
        return CompletableFuture.supplyAsync(
                () -> {
                    StringBuilder text = new StringBuilder();
                    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            text.append(line).append('\n');
                            lines.accept(line);
                        }
                    } catch (IOException e) {
                        // The end of a connection: the exit status, or its absence, tells.
                        return text.toString();
                    }
                    return text.toString();
                },
                readers);
    }

    private void feed(InputStream from, OutputStream to) {
        readers.execute(() -> {
            try (from; to) {
                byte[] buffer = new byte[1 << 15];
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.write(buffer, 0, read);
                    // At once, since the command may wait for it; and close() drops what the peer's window has no room for.
                    to.flush();
                }
            } catch (IOException e) {
                // A command that ends without reading its input; its status tells.
                return;
            }
        });
    }

    /** The first line of a script, for messages. */
    private static String summary(Command command) {
        String first = command.script().strip().lines().findFirst().orElse("");
        return first.length() > 80 ? first.substring(0, 80) + "…" : first;
    }

    @Override
    public void close() {
        connection.close();
        readers.shutdownNow();
    }
}
