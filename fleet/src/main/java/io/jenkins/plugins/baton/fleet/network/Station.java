package io.jenkins.plugins.baton.fleet.network;

import io.jenkins.plugins.baton.fleet.masters.Master;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.Outcome;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One node's part in the trial: {@code baton-agent probe} there, which does what it is told line by line. */
final class Station implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PATIENCE_SECONDS = 60;
    private static final String DONE = "done";
    private static final String ENDED = "\0ended ";

    private final Master master;
    private final Orders orders = new Orders();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Thread thread;

    /**
     * @param program of the agent on the node
     * @param token the same for all stations of a trial
     */
    Station(Master master, String program, int token) {
        this.master = master;
        Command command = Command.asRoot("exec " + Command.quote(program) + " probe --token=" + token)
                .reading(orders)
                .within(LIMIT)
                .telling(said::add);
        thread = new Thread(() -> said.add(ENDED + run(command)), "probes-" + master.name());
        thread.setDaemon(true);
        thread.start();
    }

    private String run(Command command) {
        try {
            Outcome outcome = master.run(command);
            return outcome.succeeded() ? "it ended too early" : outcome.complaint();
        } catch (SshException e) {
            return e.getMessage();
        }
    }

    /** Has it do these, one after the other, and waits for the last; what it said besides. */
    List<String> order(List<String> lines) throws SshException {
        List<String> answers = new ArrayList<>();
        for (String line : lines) {
            orders.give(line);
            for (String answer = next(); !answer.equals(DONE); answer = next()) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private String next() throws SshException {
        try {
            String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.startsWith(ENDED)) {
                throw new SshException(master.name(), "could not try the network: "
                        + (line == null ? "no answer for " + PATIENCE_SECONDS + " s" : line.substring(ENDED.length())));
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SshException(master.name(), "interrupted while the network was tried", e);
        }
    }

    @Override
    public void close() {
        orders.close();
    }
}
