package io.jenkins.plugins.baton.agent.plane.kernel.rules;

/** How sure a node is that it knows all nodes that have connections; what it does with a packet that nobody knows follows. */
public enum Certainty {
    /** The last node of the ring resets it. */
    SURE,
    /** It has left a host out that may have some: nobody resets what this node has passed on round the ring. */
    UNSURE,
    /** This node itself was cut off, and others may not know yet that it is back: nobody resets what it has sent to others at all. */
    CUT_OFF
}
