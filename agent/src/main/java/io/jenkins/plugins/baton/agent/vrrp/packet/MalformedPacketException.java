package io.jenkins.plugins.baton.agent.vrrp.packet;

/** Bytes that are no VRRP packet. Without a stack trace: a flood of them must not cost more than a look at each. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1;

    private final DropReason reason;

    MalformedPacketException(DropReason reason) {
        super(reason.explanation(), null, false, false);
        this.reason = reason;
    }

    public DropReason reason() {
        return reason;
    }
}
