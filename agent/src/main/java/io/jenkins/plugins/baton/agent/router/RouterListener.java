package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.jmx.State;

/** Hears what happens, in order, on one thread that is not the real-time one: it may log and may take its time. */
public interface RouterListener {

    /** A virtual router changed its state. */
    void stateChanged(RouterSnapshot before, RouterSnapshot after);

    /** A virtual router stays in its state, FAULT, for another reason. */
    default void reasonChanged(RouterSnapshot before, RouterSnapshot after) {}

    /** Somebody was seen for the first time to use what is this router's. */
    void conflictSeen(String router, Conflict conflict);

    /**
     * A node is MASTER by what its agent says over the peer link, but its adverts do not come here; or they come again.
     *
     * @param state of this node
     */
    default void unheardMaster(String router, String node, boolean unheard, State state) {}

    /** Something a person should know, as a sentence. */
    void warned(String sentence);

    /**
     * The host of another node answers to nothing any more, or answers again. That its agent alone ended is not told here:
     * the host goes on.
     */
    default void hostChanged(String node, boolean present) {}

    /** The real-time thread ended by an exception; it has taken the addresses off before. Told once. */
    default void died(Throwable cause) {}
}
