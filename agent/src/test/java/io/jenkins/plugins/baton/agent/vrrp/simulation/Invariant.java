package io.jenkins.plugins.baton.agent.vrrp.simulation;

/** What must hold in every world at every moment, unless a test says which of them it means to break. */
enum Invariant {
    /** Two nodes that hear each other are not MASTER together for longer than an advert takes to settle it. */
    ONE_HOLDER,
    /** A node that could hold the addresses, and hears no MASTER, becomes one within its timers. */
    A_HOLDER,
    /** Where nothing happened for a while, nobody changes its state. */
    NO_FLAP
}
