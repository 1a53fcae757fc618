package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.handover.LingeringVips;
import io.jenkins.plugins.baton.agent.plane.PeerAware;
import io.jenkins.plugins.baton.agent.router.notice.Move;
import io.jenkins.plugins.baton.agent.router.notice.MoveNotices;
import java.util.HashSet;
import java.util.Set;

/** {@link VipMoves}, told at once what it is told by a thread of its own in an agent. */
public final class SimulatedMoves implements MoveNotices {
    private final VipMoves moves;
    private final Set<String> gone = new HashSet<>();
    private final Set<String> judged = new HashSet<>();

    public SimulatedMoves(PeerAware plane, LingeringVips lingering) {
        this.moves = new VipMoves(plane, lingering);
    }

    @Override
    public void hostChanged(String node, boolean present) {
        if (present) {
            gone.remove(node);
        } else {
            gone.add(node);
            judged.add(node);
        }
        moves.hostChanged(node, present);
    }

    @Override
    public boolean taking(Move move) {
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
        judged.add(node);
        moves.advertised(node, text);
    }

    public void disconnected(String node) {
        moves.disconnected(node);
    }

    /** Whether the host of a node was there and is not any more. */
    public boolean isGone(String node) {
        return gone.contains(node);
    }

    /** Whether the agent of a node has spoken, or its host was lost: until then what earlier rules say of it counts. */
    public boolean isJudged(String node) {
        return judged.contains(node);
    }
}
