package io.jenkins.plugins.baton.agent.router;

/** Whether the adverts that failed mean that this node cannot be heard. Pure. */
final class SendFailures {
    /** One may be bad luck: rules of a firewall that are being replaced. */
    private static final int MAX_FAILURES = 2;

    /** The peers elect another after three intervals of silence, whatever its reason was. */
    private static final int MAX_PASSING_FAILURES = 3;

    private int inARow;
    private boolean heard;

    /** This node becomes MASTER: no advert of this term has gone out. */
    void becameMaster() {
        heard = false;
    }

    void sent() {
        heard = true;
        inARow = 0;
    }

    /**
     * An advert failed.
     *
     * @param passing whether the kernel was merely short of something
     * @return whether this node cannot be heard; one that never was in this term must not take the addresses
     */
    boolean failed(boolean passing) {
        inARow++;
        return inARow >= (passing ? MAX_PASSING_FAILURES : heard ? MAX_FAILURES : 1);
    }
}
