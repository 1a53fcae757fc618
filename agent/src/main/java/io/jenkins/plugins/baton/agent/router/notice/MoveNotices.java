package io.jenkins.plugins.baton.agent.router.notice;

/** What the election tells the data plane, see {@link VipTransitionListener}. */
public interface MoveNotices {
    void hostChanged(String node, boolean present);

    /** Waits; returns whether the plane was ready in time. */
    boolean taking(Move move);

    void releasing(Move move);

    void released(Move move);
}
