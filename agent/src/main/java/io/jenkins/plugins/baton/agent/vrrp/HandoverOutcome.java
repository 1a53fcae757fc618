package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.time.Duration;
import java.util.Optional;

/** Tells the operator how a handover ended, whatever ended it. */
final class HandoverOutcome {

    private HandoverOutcome() {}

    /** Compares the router before a step with what the step made of it. */
    static void conclude(Router before, Transition transition) {
        Optional<Role.Transfer> transfer = handover(before);
        if (transfer.isPresent() && !isUnderWay(transfer.get(), transition.router)) {
            conclude(transition, transfer.get());
        } else if (isAwaitingSuccessor(before) && !isAwaitingSuccessor(transition.router)) {
            boolean moved = transition.router.holder.isPresent();
            transition.act(new Action.HandoverEnded(
                    moved,
                    moved
                            ? transition.router.holderName().orElseThrow() + " took over"
                            : transition.router.state() == State.MASTER
                                    ? "no node took over; " + transition.router.settings.node() + " is MASTER again"
                                    : "this node left the election before anybody took over"));
        }
    }

    /** Whether it is still under way: it may have been repeated, or have come to its advert of priority 0. */
    private static boolean isUnderWay(Role.Transfer transfer, Router router) {
        boolean same = handover(router)
                .filter(t -> t.since() == transfer.since() && t.target().equals(transfer.target()))
                .isPresent();
        return same || (transfer.target().isEmpty() && handover(router).isEmpty() && isAwaitingSuccessor(router));
    }

    private static void conclude(Transition transition, Role.Transfer transfer) {
        String target = transfer.target().map(Peer::name).orElse("anybody");
        Optional<Peer> holder = transition.holder();
        boolean moved = transfer.target().isPresent()
                ? holder.equals(transfer.target())
                : holder.isPresent() && transition.router.state() != State.MASTER;
        String outcome;
        if (moved) {
            outcome = holder.get().name() + " took over";
        } else if (handover(transition.router).isPresent() || isAwaitingSuccessor(transition.router)) {
            outcome = "replaced by another handover before " + target + " took over";
        } else if (transition.router.state() != State.MASTER) {
            outcome = "this node became " + transition.router.state() + " before " + target + " took over";
        } else if (transition.now >= transfer.deadline()) {
            outcome = target + " did not take over within "
                    + HumanUnits.exact(Duration.ofNanos(Timers.transfer(transition.router.settings)))
                    + "; it may be down, in FAULT, suspended, or run other software";
        } else {
            outcome = "this node began to leave before " + target + " took over";
        }
        transition.act(new Action.HandoverEnded(moved, outcome));
    }

    /** An operator's handover that is under way. */
    private static Optional<Role.Transfer> handover(Router router) {
        return router.role instanceof Role.Master master
                ? master.transfer().filter(t -> t.purpose() == Role.Purpose.HANDOVER)
                : Optional.empty();
    }

    private static boolean isAwaitingSuccessor(Router router) {
        return router.role instanceof Role.Backup backup
                && backup.preemptionHold().isPresent()
                && backup.preemptionHold().get().holder().isEmpty();
    }
}
