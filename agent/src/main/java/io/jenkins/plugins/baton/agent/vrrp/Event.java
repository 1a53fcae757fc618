package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import java.util.Optional;

/** Something that happened to a virtual router, as {@link StateMachine} takes it in. */
public sealed interface Event {

    /**
     * The router begins.
     *
     * @param obstacle as in {@link NetworkChanged}
     * @param leftover whether the interface still has an address of this router, from a previous run
     */
    record Started(Optional<String> obstacle, boolean leftover) implements Event {}

    /** Time has passed; due at {@link Router#deadline()} at the latest. */
    record Tick() implements Event {}

    /** An advert that {@link Admission} let in. */
    record Heard(Peer sender, Advertisement advert) implements Event {}

    /** The holder asks this node to take over: {@link Action.TakeoverOrder} of that node, received. */
    record TakeoverOrdered(Peer sender) implements Event {}

    /** The holder asks for a successor, whoever is next in line: {@link Action.TakeoverRequest}, received. */
    record TakeoverRequested(Peer sender) implements Event {}

    /**
     * The interface or this node's own address came, went or changed.
     *
     * @param obstacle why this node cannot be heard now; empty when it can
     */
    record NetworkChanged(Optional<String> obstacle) implements Event {}

    /** Adverts do not go out, and that will not pass by itself soon: a firewall, a route that is missing. */
    record SendingFailed(String reason) implements Event {}

    /** What {@link Action.TrySending} sent went out. */
    record SendingWorks() implements Event {}

    /** The interface has another Ethernet address, which no neighbour knows. */
    record EthernetAddressChanged() implements Event {}

    /**
     * The tracked checks have a new verdict.
     *
     * @param adjustment what the weights add to the priority, negative or positive
     * @param fault why a check without weight rules this node out; empty when none does
     */
    record Tracked(int adjustment, Optional<String> fault) implements Event {}

    /**
     * Whether this node could serve clients now. One that could not does not take over from a working master, whatever
     * its priority; from a dead one it does.
     */
    record Prepared(boolean yes) implements Event {}

    /** Somebody took an address of this router off the interface. */
    record AddressLost() implements Event {}

    /** Give the addresses to the best of the others. */
    record HandOver(String reason) implements Event {}

    /** Give the addresses to one of the others. */
    record HandOverTo(Peer target, String reason) implements Event {}

    /** Release the addresses and stay out of elections. */
    record Suspend(String reason) implements Event {}

    /** Take part in elections again; also ends the abstention after {@link HandOver}. */
    record Resume(String reason) implements Event {}

    /** The agent process of another node is known to have ended. */
    record PeerLost(Peer peer) implements Event {}

    /** The cluster file was read again. */
    record Reconfigured(Settings settings) implements Event {}

    /** The router ends; a MASTER gives the addresses to another first, if one takes them soon. */
    record Leave(String reason) implements Event {}

    /** The router ends at once. */
    record Stopped(String reason) implements Event {}
}
