package io.jenkins.plugins.baton.agent.vrrp;

/** What {@link Admission} makes of a packet. */
public sealed interface Verdict {

    /** An advert of a peer. */
    record Admitted(Event.Heard event) implements Verdict {}

    /** A peer's order to take over: {@link Event.Ordered} or {@link Event.Yielded}. */
    record OrderAdmitted(Event event) implements Verdict {}

    /** Not for us, or not right. */
    record Dropped(DropReason reason) implements Verdict {}

    /** A CARP packet with our number, from whomever. */
    record Carp() implements Verdict {}

    /** A well-formed advert with our VRID from somebody who is no node of the cluster file. */
    record Stranger(Advertisement advert) implements Verdict {

        public DropReason reason() {
            return DropReason.UNKNOWN_SENDER;
        }
    }
}
