package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.nodes.AgentProgram;
import io.jenkins.plugins.baton.fleet.nodes.NodeClock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes down every change that one node's agent tells of, through restarts of the agent and losses of the connection,
 * until it is closed. One thread, and a connection of its own: the one for faults must not wait behind it.
 */
final class Watcher implements AutoCloseable {
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);
    private static final Duration WATCH_TIMEOUT = Duration.ofHours(6);

    private final NodeConnection connection;
    private final Recording recording;
    private final Thread thread;
    private final NodeClock clock;
    private volatile boolean closed;
    private boolean answering;

    /** @param connection its own; closed with this */
    Watcher(NodeConnection connection, NodeClock clock, Recording recording) {
        this.connection = connection;
        this.clock = clock;
        this.recording = recording;
        this.thread = DaemonThread.start("watch-" + connection.name(), this::work);
    }

    private void work() {
        while (!closed) {
            try {
                connection.run(Command.asRoot(AgentProgram.question("status --json --watch"))
                        .within(WATCH_TIMEOUT)
                        .telling(this::line));
                noData("its agent stopped answering");
            } catch (SshException e) {
                noData("cannot be asked any more");
            }
            try {
                Thread.sleep(RETRY_INTERVAL.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void noData(String text) {
        if (answering && !closed) {
            recording.noData(System.nanoTime(), connection.name(), text);
        }
        answering = false;
    }

    private void line(String line) {
        NodeStatus status;
        try {
            status = StatusJson.parse(line);
        } catch (IllegalArgumentException e) {
            // A complaint of the program, for example that no agent runs: the loop sees its end.
            return;
        }
        if (!answering) {
            recording.note(System.nanoTime(), connection.name(), "its agent answers");
        }
        answering = true;
        recording.add(new Recording.Seen(clock.nanoTime(Instant.parse(status.sampledAt())), status));
        if (status.change() != null && status.change().isNews()) {
            recording.note(
                    clock.nanoTime(Instant.parse(status.change().at())),
                    connection.name(),
                    status.change().sentence());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        connection.close();
    }
}
