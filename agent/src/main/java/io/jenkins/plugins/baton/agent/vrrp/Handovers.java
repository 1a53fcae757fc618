package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;

/** Tells the operator how a handover ended, whatever ended it. */
final class Handovers {

    private Handovers() {}

    /** Compares the router before a step with what the step made of it. */
    static void conclude(Router before, Turn turn) {
        Optional<Role.Transfer> transfer = transfer(before);
        if (transfer.isPresent() && !transfer(turn.router).equals(transfer)) {
            conclude(turn, transfer.get());
        } else if (isAwaitingSuccessor(before) && !isAwaitingSuccessor(turn.router)) {
            boolean moved = turn.router.owner.isPresent();
            turn.act(new Action.HandoverEnded(
                    moved,
                    moved
                            ? turn.router.ownerName().orElseThrow() + " took over"
                            : turn.router.state() == State.MASTER
                                    ? "nobody took over; " + turn.router.settings.node() + " is MASTER again"
                                    : "this node left the election before anybody took over"));
        }
    }

    private static void conclude(Turn turn, Role.Transfer transfer) {
        String target = transfer.target().name();
        boolean moved = turn.owner().equals(Optional.of(transfer.target()));
        String outcome;
        if (moved) {
            outcome = target + " took over";
        } else if (turn.now >= transfer.deadline()) {
            outcome = target + " did not take over within "
                    + StateMachine.text(Timers.transfer(turn.router.settings))
                    + "; it may be down, in FAULT, suspended, or run other software";
        } else if (transfer(turn.router).isPresent() || isAwaitingSuccessor(turn.router)) {
            outcome = "replaced by another handover before " + target + " took over";
        } else {
            outcome = "this node became " + turn.router.state() + " before " + target + " took over";
        }
        turn.act(new Action.HandoverEnded(moved, outcome));
    }

    private static Optional<Role.Transfer> transfer(Router router) {
        return router.role instanceof Role.Master master ? master.transfer() : Optional.empty();
    }

    private static boolean isAwaitingSuccessor(Router router) {
        return router.role instanceof Role.Backup backup
                && backup.abstention().isPresent()
                && backup.abstention().get().owner().isEmpty();
    }
}
