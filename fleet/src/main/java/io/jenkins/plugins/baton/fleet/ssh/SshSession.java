package io.jenkins.plugins.baton.fleet.ssh;

import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.ssh.output.BoundedLines;
import io.jenkins.plugins.baton.fleet.ssh.output.Framed;
import io.jenkins.plugins.baton.fleet.ssh.output.OutputTooLongException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;

/**
 * The way to a node. Commands may run at the same time from several threads. Every method fails with a sentence that names
 * the node.
 */
public final class SshSession implements AutoCloseable {
    /** Of each output, in characters. What is asked of a node is answered in a thousandth of it. */
    private static final int MAX_OUTPUT = 32 << 20;

    /** Of what a command says that is heard line by line, for a message when it fails. */
    private static final int MAX_BEGINNING = 1 << 16;

    /** For the exit status, which follows both outputs. */
    private static final int STATUS_TIMEOUT_SECONDS = 5;

    private final String node;
    private final Access access;
    private final Channels channels;
    private final ExecutorService readers;
    /** Tells what commands print from what login scripts do. */
    private final String mark = "baton-" + UUID.randomUUID().toString().substring(24);

    private Elevation elevation;

    private SshSession(String node, Access access, Channels channels) {
        this.node = node;
        this.access = access;
        this.channels = channels;
        this.readers = Executors.newCachedThreadPool(DaemonThread.named("ssh-" + node));
    }

    /**
     * Connects and logs in.
     *
     * @param node the node's name, for messages
     * @param host its address
     */
    public static SshSession open(String node, String host, Access access) throws SshException {
        return new SshSession(node, access, Channels.open(node, host, access));
    }

    public String node() {
        return node;
    }

    public boolean isOpen() {
        return channels.isOpen();
    }

    /** Runs a command to its end, whatever that is. */
    public Outcome run(Command command) throws SshException {
        Elevation by = command.root() ? elevation() : Elevation.NONE;
        Answer answer = ask(command, Envelope.of(command.script(), by, mark, access.sudoPassword()));
        if (answer.begun()) {
            return answer.outcome();
        }
        throw new SshException(
                node,
                command.root() && elevation().sudo()
                        ? "sudo did not run a command: " + answer.said()
                        : "user " + access.user() + " gets no shell there: instead of running a command the login "
                                + answer.said()
                                + ". Give this user a shell that runs commands (usermod --shell /bin/sh "
                                + access.user()
                                + "), look for a forced command (command= in authorized_keys, ForceCommand in "
                                + "sshd_config), or " + access.remedies().otherLogin());
    }

    /**
     * What a command line came to.
     *
     * @param begun whether the command itself began
     * @param noise what was said before it
     */
    private record Answer(boolean begun, Outcome outcome, String noise) {
        /** What was said, and how it ended. */
        String said() {
            String words = noise.isEmpty() ? "said nothing" : "said \"" + noise.replace("\n", "; ") + "\"";
            return words + " and ended with status " + outcome.status();
        }
    }

    private Answer ask(Command command, Envelope envelope) throws SshException {
        Framed output = framed(command);
        Framed errors = framed(command);
        Channels.Channel channel = null;
        boolean ended = false;
        try {
            channel = channels.start();
            Session.Command running = channel.session().exec(envelope.line());
            CompletableFuture<Void> both =
                    both(read(running.getInputStream(), output), read(running.getErrorStream(), errors));
            InputStream input = command.input().orElse(InputStream.nullInputStream());
            feed(envelope.before(input), running.getOutputStream());
            both.get(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            running.join(STATUS_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            ended = true;
            Integer status = running.getExitStatus();
            if (status == null
                    && running.getExitSignal() == null
                    && output.status().isEmpty()) {
                throw new SshException(node, "the connection was lost while this ran: " + summary(command));
            }
            Outcome outcome =
                    new Outcome(output.status().orElse(status == null ? -1 : status), output.text(), errors.text());
            return new Answer(output.begun(), outcome, (errors.noise() + "\n" + output.noise()).strip());
        } catch (TimeoutException e) {
            throw new SshException(
                    node, "no end after " + command.timeout().toMillis() + " ms: " + summary(command), e);
        } catch (ExecutionException | IOException | RejectedExecutionException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            if (cause instanceof OutputTooLongException) {
                throw new SshException(
                        node,
                        "a command was stopped because it printed " + cause.getMessage() + ": " + summary(command),
                        e);
            }
            throw new SshException(
                    node,
                    "the connection was lost (" + cause.getMessage() + ") while this ran: " + summary(command),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SshException(node, "interrupted while this ran: " + summary(command), e);
        } finally {
            if (channel != null) {
                end(channel, ended);
            }
        }
    }

    private Framed framed(Command command) {
        return command.isHeard()
                ? new Framed(mark, command.lines(), Framed.Keep.BEGINNING, MAX_BEGINNING)
                : new Framed(mark, command.lines(), Framed.Keep.ALL, MAX_OUTPUT);
    }

    /** Ends with both, and with the first failure of one: the other may go on for long. */
    private static CompletableFuture<Void> both(CompletableFuture<Void> one, CompletableFuture<Void> other) {
        CompletableFuture<Void> both = CompletableFuture.allOf(one, other);
        for (CompletableFuture<Void> each : List.of(one, other)) {
            each.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    both.completeExceptionally(failure);
                }
            });
        }
        return both;
    }

    /** Closes a command's channel. sshd answers only when the command has ended: nobody waits for one given up. */
    private void end(Channels.Channel channel, boolean ended) {
        Runnable close = () -> {
            try (Session session = channel.session()) {
                if (!ended && session instanceof Session.Command running) {
                    running.signal(Signal.KILL);
                }
            } catch (IOException e) {
                // The connection is lost, and the channel with it.
                return;
            } finally {
                channel.giveBack().run();
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

    private synchronized Elevation elevation() throws SshException {
        if (elevation == null) {
            boolean root = run(Command.asUser("id -u")).output().strip().equals("0");
            elevation = root ? Elevation.NONE : wayOfSudo();
        }
        return elevation;
    }

    /** Tries what sudo allows, and gives it what it asks for. */
    private Elevation wayOfSudo() throws SshException {
        Elevation way = Elevation.SUDO;
        while (true) {
            Answer answer = ask(Command.asUser("sudo"), Envelope.trial(way, mark, access.sudoPassword()));
            if (answer.begun()) {
                return way;
            }
            String said = answer.noise();
            if (said.contains("must have a tty") && !way.terminal()) {
                way = way.onTerminal();
            } else if (said.contains("password is required")
                    && !way.password()
                    && access.sudoPassword().isPresent()) {
                way = way.withPassword();
            } else {
                // A machine that boots, or goes down, refuses much; for want of a password it always will.
                boolean always = said.contains("password") || said.contains("try again");
                throw new SshException(node, always ? Trouble.SHUT_OUT : Trouble.ON_NODE, refusal(said, way), null);
            }
        }
    }

    private String refusal(String said, Elevation way) {
        String user = "user " + access.user();
        if (said.contains("not found")) {
            return user + " is not root, and there is no "
                    + (way.terminal()
                            ? "program script(1), by which sudo gets the terminal that it demands (requiretty)"
                            : "sudo")
                    + "; install it, or log in as root";
        }
        if (said.contains("password is required")) {
            return user + " may not use sudo without a password. Allow it in sudoers, log in as root, or "
                    + access.remedies().giveSudoPassword();
        }
        if (way.password() && (said.contains("try again") || said.contains("incorrect password"))) {
            return "the sudo password of " + user + " is wrong; "
                    + access.remedies().sudoPassword();
        }
        return "sudo refuses " + user + ": " + (said.isEmpty() ? "without a word" : said.replace("\n", "; "))
                + ". Allow it in sudoers, or log in as root";
    }

    /** The channel closes the stream, and nobody before: sshj gives up a connection on which data comes for a closed one. */
    private CompletableFuture<Void> read(InputStream stream, Framed output) {
        return CompletableFuture.runAsync(
                () -> {
                    BoundedLines lines =
                            new BoundedLines(new InputStreamReader(stream, StandardCharsets.UTF_8), MAX_OUTPUT);
                    try {
                        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                            output.line(line.get());
                        }
                    } catch (OutputTooLongException e) {
                        throw new CompletionException(e);
                    } catch (IOException e) {
                        // The end of a connection: the exit status, or its absence, tells.
                        return;
                    }
                },
                readers);
    }

    private void feed(InputStream from, OutputStream to) {
        readers.execute(() -> {
            try (from;
                    to) {
                byte[] buffer = new byte[1 << 15];
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.write(buffer, 0, read);
                    // At once, since the command may wait for it; and close() drops what the peer's window has no room
                    // for.
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
        String first = command.script().strip().lines().findFirst().orElse("").replaceFirst("^# ", "");
        return first.length() > 80 ? first.substring(0, 80) + "…" : first;
    }

    @Override
    public void close() {
        channels.close();
        readers.shutdownNow();
    }
}
