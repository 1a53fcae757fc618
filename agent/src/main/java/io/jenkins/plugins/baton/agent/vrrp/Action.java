package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.jmx.State;

/** Something to be done for a virtual router, in the order given by {@link StateMachine}. */
public sealed interface Action {

    /** Send an advert to the group, or to every peer in unicast; priority 0 says that this node leaves. */
    record Advertise(int priority) implements Action {}

    /** Send what nobody heeds by the way of the adverts; {@link Event.SendingFailed} or {@link Event.SendingWorks}. */
    record TrySending() implements Action {}

    /** Ask a peer to take over. */
    record TakeoverOrder(Peer target) implements Action {}

    /** Ask all peers to take over, the next in line first. */
    record TakeoverRequest() implements Action {}

    /**
     * The addresses are about to come. What a data plane must know before is in force when this is done.
     *
     * @param planned whether the other holder lives and gives them away
     */
    record Taking(boolean planned) implements Action {}

    /** Another node has the addresses; they are taken off in a moment. */
    record Releasing() implements Action {}

    /** Put the addresses on the interface, or take those that are there already under a new lease. */
    record AddAddresses() implements Action {}

    /** Extend the lease of the addresses. */
    record RenewLease() implements Action {}

    /** Take the addresses off the interface. */
    record RemoveAddresses() implements Action {}

    /** Tell the neighbours, {@code times} times, that the addresses are here. */
    record Announce(int times) implements Action {}

    /** The state changed. */
    record Became(State before, State after, String reason) implements Action {}

    /** The state stays, for another reason. */
    record Remained(State state, String reason) implements Action {}

    /** The thread came back late and this router acted on it: it demoted itself or waits a little longer. */
    record Stalled(long pauseNanos) implements Action {}

    /** An order to hand over has come to its end; {@code outcome} is a sentence. */
    record HandoverEnded(boolean moved, String outcome) implements Action {}

    /** The handover that was just asked for has not begun, for this reason; an earlier one may be under way. */
    record HandoverRefused(String reason) implements Action {}
}
