package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.masters.Layout;
import io.jenkins.plugins.baton.fleet.masters.Master;
import io.jenkins.plugins.baton.fleet.masters.NodeClock;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.NodeStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes down every change that one node's agent tells of, through restarts of the agent and losses of the connection,
 * until it is closed. One thread, and a connection of its own: the one for faults must not wait behind it.
 */
final class Watcher implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofHours(6);

    private final Master master;
    private final Recording recording;
    private final Thread thread;
    private volatile NodeClock clock;
    private volatile boolean closed;
    private boolean answering;

    /** @param master its own; closed with this */
    Watcher(Master master, NodeClock clock, Recording recording) {
        this.master = master;
        this.clock = clock;
        this.recording = recording;
        this.thread = new Thread(this::work, "watch-" + master.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        while (!closed) {
            try {
                master.run(Command.asRoot("exec " + Layout.AGENT + " status --json --watch")
                        .within(AS_LONG_AS_IT_TAKES)
                        .telling(this::line));
                silent("its agent stopped answering");
            } catch (SshException e) {
                silent("cannot be asked any more");
            }
            try {
                Thread.sleep(AGAIN.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void silent(String text) {
        if (answering && !closed) {
            recording.silent(System.nanoTime(), master.name(), text);
        }
        answering = false;
    }

    private void line(String line) {
        NodeStatus status;
        try {
            status = NodeStatus.parse(line);
        } catch (IllegalArgumentException e) {
            // A complaint of the program, for example that no agent runs: the loop sees its end.
            return;
        }
        if (!answering) {
            recording.note(System.nanoTime(), master.name(), "its agent answers");
        }
        answering = true;
        recording.add(new Recording.Seen(clock.nanoTime(Instant.parse(status.sampledAt())), status));
        if (status.change() != null && status.change().isNews()) {
            recording.note(
                    clock.nanoTime(Instant.parse(status.change().at())), master.name(), status.change().sentence());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        master.close();
    }
}
