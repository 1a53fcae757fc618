package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;

/** What {@link Admission} makes of a packet. */
public sealed interface AdmissionResult {

    /** An advert of a peer. */
    record Admitted(Event.Heard event) implements AdmissionResult {}

    /** A peer's order to take over: {@link Event.TakeoverOrdered} or {@link Event.TakeoverRequested}. */
    record TakeoverOrderAdmitted(Event event) implements AdmissionResult {}

    /** Not for us, or not right. */
    record Dropped(DropReason reason) implements AdmissionResult {}

    /** A CARP packet with our number, from whomever. */
    record Carp() implements AdmissionResult {}

    /** A well-formed advert with our VRID from somebody who is no node of the cluster file. */
    record Stranger(Advertisement advert) implements AdmissionResult {

        public DropReason reason() {
            return DropReason.UNKNOWN_SENDER;
        }
    }
}
