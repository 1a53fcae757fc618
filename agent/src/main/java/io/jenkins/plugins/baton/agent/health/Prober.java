package io.jenkins.plugins.baton.agent.health;

import java.util.function.Consumer;

/** Asks one server how it is. */
interface Prober {

    /**
     * Begins to ask. Called on the loop, which it must not block.
     *
     * @param done gets the outcome, once, on any thread; what comes after {@link Attempt#abandon} is ignored
     */
    Attempt ask(CheckLoop loop, Consumer<Outcome> done);

    /** Nothing is asked any more. Called on the loop, when no question is under way. */
    default void close() {}

    /** A question under way. Called on the loop only. */
    interface Attempt {

        /** What it is waiting for, to complete the sentence "timed out after 2 s …". */
        String stage();

        /** Whether the next word is the server's; not while this node still reads files or starts a program. */
        boolean isServersTurn();

        /** Gives up and releases what it holds. */
        void abandon();
    }
}
