package io.jenkins.plugins.baton.agent.router.notice;

/**
 * What a data plane has to know of the election before it is too late. Called one after the other, in the order in which
 * things happen, on a real-time thread of their own: do what has to be done at once, in some milliseconds, and leave the
 * rest to another thread.
 *
 * <p>In a planned move ({@link Move#planned}) the new holder has the addresses, and has told the neighbours, before the old
 * one takes them off; for some milliseconds both have them.
 */
public interface VipTransitionListener {

    /** How long at most the election waits for {@link #taking}, in milliseconds; then it goes on without. */
    long TAKING_TIMEOUT_MILLIS = 20;

    /**
     * The host of another node answers to nothing any more (adverts, ARP or neighbour discovery), or answers again. Of a
     * host whose agent alone ended this is never said. After the start every host counts as gone until it was heard.
     */
    default void hostChanged(String node, boolean present) {}

    /**
     * The addresses are put on the interface as soon as this returns, and at the latest {@link #TAKING_TIMEOUT_MILLIS} after it
     * was called. All earlier calls have returned then: what {@link #hostChanged} did is in force.
     */
    default void taking(Move move) {}

    /** The addresses are taken off the interface some {@link #TAKING_TIMEOUT_MILLIS} from now; only in planned moves. */
    default void releasing(Move move) {}

    /** The addresses are off the interface. */
    default void released(Move move) {}
}
