package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.steady.BlastRadiusGuard.Removal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What can be tried out. Each is one fault on one node. The command's help, the form of the Jenkins step and the table in
 * {@code docs/drills.md} are made from this. The scripts for the node are in the folder {@code faults/WORD}: {@code begin},
 * {@code revert} where it does not end by itself, {@code prepare} where something has to be kept before.
 */
public enum Scenario {
    HANDOVER(
            "handover",
            "the holder gives the virtual address to another node",
            "`baton-agent handover` on the holder",
            "the new holder hands it back",
            "no failed connect, no lost connection",
            false,
            false),
    AGENT_STOP(
            "agent-stop",
            "the agent is stopped as for an upgrade (SIGTERM)",
            "`systemctl stop` of the agent",
            "`systemctl start`",
            "no failed connect; no lost connection in the kernel plane",
            true,
            false),
    AGENT_KILL(
            "agent-kill",
            "the agent is killed (SIGKILL)",
            "SIGKILL to all processes of the agent",
            "systemd starts it again",
            "another node has the address within some 30 ms; no lost connection in the kernel plane",
            true,
            false),
    AGENT_FREEZE(
            "agent-freeze",
            "the agent is frozen (SIGSTOP)",
            "SIGSTOP to all processes of the agent",
            "SIGCONT, or systemd's watchdog",
            "another node has the address after three to four advertisement intervals",
            true,
            false),
    APISERVER_DOWN(
            "apiserver-down",
            "the server behind the virtual address refuses connections",
            "nftables refuses connections to the node's backend port, from everywhere",
            "the nftables rule that refuses them is removed",
            "new connections are served by the other backends; the address stays",
            false,
            true),
    LINK_DOWN(
            "link-down",
            "the node's network interface goes down",
            "`ip link set down` of the node's interface",
            "up again, with its permanent addresses and routes",
            "another node has the address after three to four advertisement intervals; connections to other hosts survive",
            true,
            true),
    PARTITION(
            "partition",
            "the node and the other nodes do not hear each other",
            "nftables drops everything from and to the other nodes, the kernel plane's copies of packets too, and VRRP; "
                    + "clients still reach the node",
            "the nftables rules that drop their packets are removed",
            "another node has the address after three to four advertisement intervals; no connect fails when it heals",
            true,
            true),
    HOST_DOWN(
            "host-down",
            "the host loses power and boots again",
            "`systemctl --force --force reboot`: no service is stopped, nothing is synced",
            "the host boots",
            "another node has the address after three to four advertisement intervals; connections to other hosts survive",
            true,
            true);

    /** Stands for every scenario. */
    public static final String ALL = "all";

    /** Stands for the one that was drilled longest ago. */
    public static final String NEXT = "next";

    private final String word;
    private final String description;
    private final String does;
    private final String end;
    private final String shows;
    private final boolean takesAgent;
    private final boolean takesServer;

    Scenario(
            String word,
            String description,
            String does,
            String end,
            String shows,
            boolean takesAgent,
            boolean takesServer) {
        this.word = word;
        this.description = description;
        this.does = does;
        this.end = end;
        this.shows = shows;
        this.takesAgent = takesAgent;
        this.takesServer = takesServer;
    }

    /** As a command line names it. */
    public String word() {
        return word;
    }

    /** What it stands for, in one line. */
    public String description() {
        return description;
    }

    /** What is done to the node, in Markdown. */
    public String does() {
        return does;
    }

    /** How the fault ends, in Markdown. */
    public String end() {
        return end;
    }

    /** What a client and the other nodes must show meanwhile. */
    public String shows() {
        return shows;
    }

    /** What it takes away for a while when it hits that node. */
    Removal on(String node) {
        return new Removal(word + " on " + node, node, takesAgent || this == HANDOVER, takesServer);
    }

    /** Whether the node is expected to be out of reach meanwhile. */
    public boolean cutsUsOff() {
        return this == LINK_DOWN || this == HOST_DOWN;
    }

    /** Whether the node's agent is expected to say nothing from the beginning of the fault on. */
    boolean silencesAgent() {
        return cutsUsOff() || this == AGENT_STOP || this == AGENT_KILL || this == AGENT_FREEZE;
    }

    public static Optional<Scenario> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }

    /**
     * @param words one word, several with commas between, or {@link #ALL}
     * @throws IllegalArgumentException with a sentence about the first that is none
     */
    public static List<Scenario> list(String words) {
        if (words.equals(ALL)) {
            return List.of(values());
        }
        return Arrays.stream(words.split(",", -1))
                .map(String::strip)
                .map(word -> of(word).orElseThrow(() -> new IllegalArgumentException(
                        "there is no scenario '" + word + "'; there are " + words() + ", " + ALL + ", " + NEXT)))
                .toList();
    }

    /** All words, for a message. */
    public static String words() {
        return Arrays.stream(values()).map(Scenario::word).collect(Collectors.joining(", "));
    }
}
