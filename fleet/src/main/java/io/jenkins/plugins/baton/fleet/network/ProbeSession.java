package io.jenkins.plugins.baton.fleet.network;

import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.nodes.AgentProgram;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
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
final class ProbeSession implements AutoCloseable {
    private static final Duration TRIAL_TIMEOUT = Duration.ofMinutes(3);
    private static final long ANSWER_TIMEOUT_SECONDS = 60;
    private static final String DONE = "done";
    private static final String ENDED = "\0ended ";

    private final NodeConnection connection;
    private final LineInput input = new LineInput();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Thread thread;

    /**
     * @param program of the agent on the node
     * @param token the same for all stations of a trial
     */
    ProbeSession(NodeConnection connection, String program, int token) {
        this.connection = connection;
        Command command = Command.asRoot(AgentProgram.networkTrial(program, "probe --token=" + token))
                .reading(input)
                .within(TRIAL_TIMEOUT)
                .telling(said::add);
        thread = DaemonThread.start("probes-" + connection.name(), () -> said.add(ENDED + run(command)));
    }

    private String run(Command command) {
        try {
            Outcome outcome = connection.run(command);
            return outcome.succeeded() ? "it ended too early" : outcome.complaint();
        } catch (SshException e) {
            return e.getMessage();
        }
    }

    /** Has it do these, one after the other, and waits for the last; what it said besides. */
    List<String> send(List<String> lines) throws SshException {
        List<String> answers = new ArrayList<>();
        for (String line : lines) {
            input.writeLine(line);
            for (String answer = next(); !answer.equals(DONE); answer = next()) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private String next() throws SshException {
        try {
            String line = said.poll(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.startsWith(ENDED)) {
                throw new SshException(
                        connection.name(),
                        "could not try the network: "
                                + (line == null
                                        ? "no answer for " + ANSWER_TIMEOUT_SECONDS + " s"
                                        : line.substring(ENDED.length())));
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SshException(connection.name(), "interrupted while the network was tried", e);
        }
    }

    @Override
    public void close() {
        input.close();
    }
}
