package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;

/** Tells the operator how a handover ended, whatever ended it. */
final class Handovers {

    private Handovers() {}

    /** Compares the router before a step with what the step made of it. */
    static void conclude(Router before, Turn turn) {
        Optional<Role.Transfer> transfer = handover(before);
        if (transfer.isPresent() && !goesOn(transfer.get(), turn.router)) {
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

    /** Whether it is still under way: it may have been repeated, or have come to its farewell. */
    private static boolean goesOn(Role.Transfer transfer, Router router) {
        boolean same = handover(router)
                .filter(t -> t.since() == transfer.since() && t.target().equals(transfer.target()))
                .isPresent();
        return same || (transfer.target().isEmpty() && handover(router).isEmpty() && isAwaitingSuccessor(router));
    }

    private static void conclude(Turn turn, Role.Transfer transfer) {
        String target = transfer.target().map(Peer::name).orElse("anybody");
        Optional<Peer> owner = turn.owner();
        boolean moved = transfer.target().isPresent()
                ? owner.equals(transfer.target())
                : owner.isPresent() && turn.router.state() != State.MASTER;
        String outcome;
        if (moved) {
            outcome = owner.get().name() + " took over";
        } else if (handover(turn.router).isPresent() || isAwaitingSuccessor(turn.router)) {
            outcome = "replaced by another handover before " + target + " took over";
        } else if (turn.router.state() != State.MASTER) {
            outcome = "this node became " + turn.router.state() + " before " + target + " took over";
        } else if (turn.now >= transfer.deadline()) {
            outcome = target + " did not take over within "
                    + StateMachine.text(Timers.transfer(turn.router.settings))
                    + "; it may be down, in FAULT, suspended, or run other software";
        } else {
            outcome = "this node began to leave before " + target + " took over";
        }
        turn.act(new Action.HandoverEnded(moved, outcome));
    }

    /** An operator's handover that is under way. */
    private static Optional<Role.Transfer> handover(Router router) {
        return router.role instanceof Role.Master master
                ? master.transfer().filter(t -> t.purpose() == Role.Purpose.HANDOVER)
                : Optional.empty();
    }

    private static boolean isAwaitingSuccessor(Router router) {
        return router.role instanceof Role.Backup backup
                && backup.abstention().isPresent()
                && backup.abstention().get().owner().isEmpty();
    }
}
