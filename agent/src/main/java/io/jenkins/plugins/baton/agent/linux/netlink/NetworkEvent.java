package io.jenkins.plugins.baton.agent.linux.netlink;

/** Something that happened to the interfaces and addresses of a network namespace. */
public sealed interface NetworkEvent {

    /** The interface is new, or something about it changed; the kernel repeats itself, so compare. */
    record LinkChanged(Link link) implements NetworkEvent {}

    /** The interface is gone, or moved to another namespace. */
    record LinkRemoved(Link link) implements NetworkEvent {}

    /** The address is new, or was renewed. */
    record AddressAdded(AssignedAddress address) implements NetworkEvent {}

    /** The address was taken away or its lifetime ended. */
    record AddressRemoved(AssignedAddress address) implements NetworkEvent {}

    /** The kernel dropped events because they were not read in time: read links and addresses anew. */
    record EventsLost() implements NetworkEvent {}
}
