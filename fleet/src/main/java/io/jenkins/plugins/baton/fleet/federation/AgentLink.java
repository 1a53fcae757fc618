package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.util.List;
import java.util.function.Consumer;

/** The way to one node's agent. */
interface AgentLink {
    /**
     * Has the agent tell its status after every change, and at least twice a second.
     *
     * @param lines hears it, one JSON object each, on a thread of the connection
     * @throws SshException with the reason, whenever it ends
     */
    void watch(Consumer<String> lines) throws SshException;

    /**
     * Carries out an operation of one of the agent's beans.
     *
     * @param words the bean's object name there, the operation, its arguments
     * @return what it returned; empty: nothing
     * @throws IllegalArgumentException with a sentence when what was asked for cannot be
     * @throws IllegalStateException with a sentence when it was not done
     */
    String operate(List<String> words);
}
