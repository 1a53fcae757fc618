package io.jenkins.plugins.baton.fleet.drill;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be tried out. Each is one fault on one node. */
public enum Scenario {
    HANDOVER("handover", "the holder gives the virtual address to another node", false, false),
    AGENT_STOP("agent-stop", "the agent is stopped as for an upgrade (SIGTERM)", true, false),
    AGENT_KILL("agent-kill", "the agent is killed (SIGKILL)", true, false),
    AGENT_FREEZE("agent-freeze", "the agent is frozen (SIGSTOP)", true, false),
    APISERVER_DOWN("apiserver-down", "the server behind the virtual address refuses connections", false, true),
    LINK_DOWN("link-down", "the node's network interface goes down", true, true),
    PARTITION("partition", "the node and the other nodes do not hear each other", true, true),
    HOST_DOWN("host-down", "the host loses power and boots again", true, true);

    private final String word;
    private final String description;
    private final boolean takesAgent;
    private final boolean takesServer;

    Scenario(String word, String description, boolean takesAgent, boolean takesServer) {
        this.word = word;
        this.description = description;
        this.takesAgent = takesAgent;
        this.takesServer = takesServer;
    }

    /** As a command line names it. */
    public String word() {
        return word;
    }

    public String description() {
        return description;
    }

    /** Whether the node cannot hold the virtual address meanwhile. */
    public boolean takesAgent() {
        return takesAgent;
    }

    /** Whether the server on the node (an apiserver, a member of a quorum) is lost to the others meanwhile. */
    public boolean takesServer() {
        return takesServer;
    }

    /** Whether the node is expected to be out of reach meanwhile. */
    public boolean cutsUsOff() {
        return this == LINK_DOWN || this == HOST_DOWN;
    }

    /** Whether the virtual address must move when its holder is the one that is hit. */
    public boolean movesAddress() {
        return this != APISERVER_DOWN;
    }

    public static Optional<Scenario> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }

    /** All words, for a message. */
    public static String words() {
        return Arrays.stream(values()).map(Scenario::word).collect(Collectors.joining(", "));
    }
}
