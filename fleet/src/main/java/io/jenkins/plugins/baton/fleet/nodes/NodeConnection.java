package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.Outcome;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.ssh.SshSession;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;

/** One node and the connection to it, which is made at first use and again when it was lost. */
public final class NodeConnection implements AutoCloseable {
    private static final int SHELL_FOUND_NO_PROGRAM = 127;

    private final Node node;
    private final Access access;
    private SshSession session;

    public NodeConnection(Node node, Access access) {
        this.node = node;
        this.access = access;
    }

    public Node node() {
        return node;
    }

    public String name() {
        return node.name();
    }

    private synchronized SshSession session() throws SshException {
        if (session != null && !session.isOpen()) {
            session.close();
            session = null;
        }
        if (session == null) {
            // As ssh names an IPv6 address in known_hosts.
            session = SshSession.open(node.name(), IpLiteral.text(node.address()), access);
        }
        return session;
    }

    public Outcome run(Command command) throws SshException {
        return session().run(command);
    }

    /** @see SshSession#require */
    public String require(String purpose, Command command) throws SshException {
        return session().require(purpose, command);
    }

    /** What the agent says of itself; fails with a sentence when none runs. */
    public NodeStatus status() throws SshException {
        Outcome outcome = run(Command.asRoot(AgentProgram.question("status --json")));
        if (outcome.status() == SHELL_FOUND_NO_PROGRAM) {
            throw new SshException(name(), "no agent is there; run `baton deploy`, in Jenkins haDeploy");
        }
        if (!outcome.succeeded()) {
            throw new SshException(name(), "the agent does not answer: " + outcome.complaint());
        }
        try {
            return StatusJson.parse(outcome.output());
        } catch (IllegalArgumentException e) {
            throw new SshException(name(), e.getMessage(), e);
        }
    }

    /** Ends the connection; the next command makes another. */
    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
