package io.jenkins.plugins.baton.agent.router;

/** Hears what happens, in order, on one thread that is not the real-time one: it may log and may take its time. */
public interface RouterListener {

    /** A virtual router changed its state. */
    void stateChanged(RouterSnapshot before, RouterSnapshot after);

    /** A virtual router stays in its state, FAULT, for another reason. */
    default void reasonChanged(RouterSnapshot before, RouterSnapshot after) {}

    /** A stranger was heard with our VRID for the first time. */
    void conflictSeen(String router, Conflict conflict);

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
