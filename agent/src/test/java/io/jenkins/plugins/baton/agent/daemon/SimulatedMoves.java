package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.handover.LingeringVips;
import io.jenkins.plugins.baton.agent.plane.PeerAware;
import io.jenkins.plugins.baton.agent.router.notice.Move;
import io.jenkins.plugins.baton.agent.router.notice.MoveNotices;

/** {@link VipMoves}, told at once what it is told by a thread of its own in an agent. */
public final class SimulatedMoves implements MoveNotices {
    private final VipMoves moves;
    private final Runnable rulesUnderWay;

    /** @param rulesUnderWay ends the changes of the rules that end within the time that the election waits for them */
    public SimulatedMoves(PeerAware plane, LingeringVips lingering, Runnable rulesUnderWay) {
        this.moves = new VipMoves(plane, lingering);
        this.rulesUnderWay = rulesUnderWay;
    }

    @Override
    public void hostChanged(String node, boolean present) {
        moves.hostChanged(node, present);
    }

    @Override
    public boolean taking(Move move) {
        rulesUnderWay.run();
        moves.taking(move);
        return true;
    }

    @Override
    public void releasing(Move move) {
        moves.releasing(move);
    }

    @Override
    public void released(Move move) {
        moves.released(move);
    }

    public void advertised(String node, String text) {
        moves.advertised(node, text);
    }

    public void disconnected(String node) {
        moves.disconnected(node);
    }
}
