package io.jenkins.plugins.baton.agent.router.address;

/**
 * When a MASTER tells the neighbours again that its addresses are here, because somebody else said that they are his (RFC 5227
 * section 2.4, but never giving up), and when it asks whether somebody else has them. Pure: time comes from outside.
 */
public final class AddressDefence {
    private static final long MILLISECOND = 1_000_000L;

    /** Between two answers: an attacker must not make this node flood the segment. */
    static final long ANSWER_INTERVAL = 20 * MILLISECOND;

    /** A node that takes over announces itself before it advertises: its advert must come first. */
    public static final long TAKEOVER_GRACE = 100 * MILLISECOND;

    /** Between two questions for a host that has the same address and says nothing by itself. */
    public static final long QUESTION_INTERVAL = 5_000 * MILLISECOND;

    /** How long a former holder may still answer: its kernel does until the lease is over. */
    static final long FORMER_HOLDER_GRACE = 5_000 * MILLISECOND;

    /** How long a next holder may say that it has the address before this node has read that it is the next holder. */
    static final long NEXT_HOLDER_GRACE = 1_000 * MILLISECOND;

    /** Claims further apart are not of one cause; who answers questions alone is heard as often as they are asked. */
    static final long CLAIM_INTERVAL = 3 * QUESTION_INTERVAL;

    private long masterSince = Long.MAX_VALUE;
    /** Of another node's claims that follow each other. */
    private long nodeClaimsSince;

    private long nodeClaimedAt = Long.MIN_VALUE / 2;
    private long answerAt = Long.MAX_VALUE;
    private long answeredAt = Long.MIN_VALUE / 2;
    private long askAt = Long.MAX_VALUE;

    public void becameMaster(long now) {
        masterSince = now;
        nodeClaimedAt = Long.MIN_VALUE / 2;
        askAt = now + FORMER_HOLDER_GRACE;
        answerAt = Long.MAX_VALUE;
    }

    public void steppedDown() {
        masterSince = Long.MAX_VALUE;
        askAt = Long.MAX_VALUE;
        answerAt = Long.MAX_VALUE;
    }

    /**
     * Somebody else says that an address is his.
     *
     * @param node whether it is from where another node is
     * @return whether that is a conflict; not while this node is no MASTER, nor what a former or a next holder does
     */
    public boolean claimed(boolean node, long now) {
        if (masterSince == Long.MAX_VALUE) {
            return false;
        }
        answerAt = Math.min(answerAt, Math.max(node ? now + TAKEOVER_GRACE : now, answeredAt + ANSWER_INTERVAL));
        return !node || (contradicts(now) && now - masterSince > FORMER_HOLDER_GRACE);
    }

    /** Whether a node goes on saying so for longer than a takeover lasts. */
    private boolean contradicts(long now) {
        if (now - nodeClaimedAt > CLAIM_INTERVAL) {
            nodeClaimsSince = now;
        }
        nodeClaimedAt = now;
        return now - nodeClaimsSince > NEXT_HOLDER_GRACE;
    }

    public long deadline() {
        return Math.min(answerAt, askAt);
    }

    /** Whether the addresses are to be announced now. */
    public boolean answers(long now) {
        if (now < answerAt) {
            return false;
        }
        answerAt = Long.MAX_VALUE;
        answeredAt = now;
        return true;
    }

    /** Whether to ask now who else has the addresses. */
    public boolean asks(long now) {
        if (now < askAt) {
            return false;
        }
        askAt = now + QUESTION_INTERVAL;
        return true;
    }
}
