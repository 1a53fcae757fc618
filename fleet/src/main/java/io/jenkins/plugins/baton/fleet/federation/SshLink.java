package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.fleet.nodes.AgentProgram;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.Outcome;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * To the agent by the program {@code baton-agent} on its node, as root: it asks the agent over its UNIX socket, so that the
 * node's JMX port, its number and who may connect to it do not matter here.
 */
final class SshLink implements AgentLink {
    private static final int SHELL_FOUND_NO_PROGRAM = 127;
    private static final int BAD_INPUT = 2;
    private static final long EVERY_MILLIS = 500;
    private static final String EVERY = "--every";
    private static final Duration WATCH_TIMEOUT = Duration.ofDays(30);

    private final NodeConnection connection;
    private final String operator;

    /** @param operator who the node's log names with each operation */
    SshLink(NodeConnection connection, String operator) {
        this.connection = connection;
        this.operator = operator;
    }

    @Override
    public void watch(Consumer<String> lines) throws SshException {
        Command watch = Command.asRoot("# the status of the agent\n"
                        + AgentProgram.question("status --json --watch " + EVERY + " " + EVERY_MILLIS))
                .within(WATCH_TIMEOUT)
                .telling(lines);
        Outcome outcome = connection.run(watch);
        throw new SshException(connection.name(), sentence(outcome));
    }

    private static String sentence(Outcome outcome) {
        if (outcome.status() == SHELL_FOUND_NO_PROGRAM) {
            return "no agent is there; run `baton deploy`";
        }
        if (outcome.status() == BAD_INPUT && outcome.complaint().contains(EVERY)) {
            return "its agent is of an earlier release, which cannot be shown here; run `baton deploy`";
        }
        return outcome.succeeded() ? "its agent has ended" : "its agent does not answer: " + outcome.complaint();
    }

    @Override
    public String operate(List<String> words) {
        String arguments = words.stream().map(Command::quote).collect(Collectors.joining(" "));
        Outcome outcome;
        try {
            outcome = connection.run(Command.asRoot("# an operation of the agent\nexec " + Layout.AGENT
                    + " operate --operator " + Command.quote(operator) + " -- " + arguments));
        } catch (SshException e) {
            throw new IllegalStateException(e.getMessage());
        }
        if (outcome.status() == BAD_INPUT) {
            throw new IllegalArgumentException(connection.name() + ": " + outcome.complaint());
        }
        if (!outcome.succeeded()) {
            throw new IllegalStateException(connection.name() + ": " + outcome.complaint());
        }
        List<String> lines = outcome.output().lines().toList();
        return lines.size() > 1 ? lines.get(lines.size() - 1) : "";
    }
}
