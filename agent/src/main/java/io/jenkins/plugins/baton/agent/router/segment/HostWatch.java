package io.jenkins.plugins.baton.agent.router.segment;

/**
 * Whether the host of one peer is there: it is gone when it has left several questions in a row unanswered, and back with
 * its first sign of life. Pure: time and signs come from outside, on any clock that does not go back.
 *
 * <p>A host whose agent died still answers. That it is gone must be known before the election ends, which takes three
 * advertisement intervals and more; so the first question is asked when an advert is late, and the others follow quickly.
 */
final class HostWatch {
    private static final long MILLISECOND = 1_000_000L;

    /** Between two signs of a host that is well, if its adverts do not come more often. */
    static final long SIGN_INTERVAL = 250 * MILLISECOND;

    /** How long an answer may take: the kernel gives it in some microseconds, a busy hypervisor in milliseconds. */
    static final long ANSWER_TIMEOUT = 30 * MILLISECOND;

    /** Questions without an answer, each with its own {@link #ANSWER_TIMEOUT}, that mean that a host is gone. */
    static final int MAX_UNANSWERED = 4;

    /** Between two questions to a host that is gone, or was never heard. */
    static final long GONE_RETRY_INTERVAL = 500 * MILLISECOND;

    /** How much earlier a host that is well is asked when the thread is awake all the same, at most. */
    static final long EARLY = 60 * MILLISECOND;

    /** The same as a part of the time until the next sign is late: before that, nothing is amiss. */
    private static final int EARLY_PART = 4;

    private boolean present;
    private int unanswered;
    private long askAt;
    private long early;

    HostWatch(long now) {
        askAt = now;
    }

    boolean isPresent() {
        return present;
    }

    /** Whether the last question, or two, went unanswered: the host may have another Ethernet address now. */
    boolean isDoubtful() {
        return unanswered > 1;
    }

    /** When {@link #ask} is due at the latest. */
    long deadline() {
        return askAt;
    }

    /**
     * A sign of life.
     *
     * @param next nanoseconds until the next one may be expected
     */
    void sign(long now, long next) {
        present = true;
        unanswered = 0;
        askAfter(now, Math.min(next, SIGN_INTERVAL));
    }

    private void askAfter(long now, long length) {
        askAt = now + length;
        early = Math.min(EARLY, length / EARLY_PART);
    }

    /** The next question is due: asks it, or gives the host up first. Returns whether a question is to be sent. */
    boolean ask(long now) {
        boolean well = present && unanswered == 0;
        if (now < (well ? askAt - early : askAt)) {
            return false;
        }
        if (unanswered >= MAX_UNANSWERED) {
            present = false;
        }
        unanswered++;
        askAt = now + (present ? ANSWER_TIMEOUT : GONE_RETRY_INTERVAL);
        return true;
    }

    /** Nothing can be asked or heard for now, as this node itself is cut off; what is known stays. */
    void rest(long now) {
        unanswered = 0;
        askAfter(now, SIGN_INTERVAL);
    }
}
