package io.jenkins.plugins.baton.agent.simulation;

/** What must hold in every world at every moment, unless a test says which of them it means to break. */
enum Invariant {
    /** Two nodes that hear each other are not MASTER together for longer than it takes to settle that. */
    ONE_HOLDER,
    /** A node that could hold the addresses, and hears no MASTER, becomes one within its timers. */
    A_HOLDER,
    /** A MASTER that was asleep for so long that others may have chosen another is none any more. */
    SLEEPER_STEPS_DOWN,
    /** A MASTER that is awake has the addresses on its interface, and its lease does not run out. */
    LEASE_RENEWED,
    /** The addresses leave a node whose agent ended or stands still within 3 s. */
    LEASE_ENDS,
    /** A node without its own address, or without a carrier, does not keep the virtual ones. */
    ADDRESSLESS_HOLDS_NOTHING,
    /** The rules of a node that takes the addresses send nothing to a host that it knows to be gone. */
    MAP_BEFORE_VIP,
    /** An agent that starts leaves a node its share of new connections until it knows better, for 3 s. */
    ADOPTED_SHARES_STAY,
    /** No established connection whose backend lives is lost, where the guarantees say so. */
    NO_CONNECTION_LOST,
    /** No new connection goes to a backend that this node drained. */
    DRAIN_IS_HEEDED,
    /** No agent works without an end: a turn that leaves its own deadline in the past. */
    NO_BUSY_LOOP,
    /** Where nothing happened for a while, nobody changes its state. */
    NO_FLAP,
    /** What a stranger sends changes no node's state. Armed where nothing else happens. */
    STRANGERS_MOVE_NOTHING,
    /** Whoever uses what is the cluster's is named, unless it says nothing but what the node itself says. */
    STRANGERS_ARE_REPORTED,
    /** An agent goes by a file that somebody wrote, and by the last one that it read. */
    CONFIGURATION_WAS_WRITTEN
}
