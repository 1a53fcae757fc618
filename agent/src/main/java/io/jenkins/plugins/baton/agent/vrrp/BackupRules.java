package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;
import java.util.OptionalInt;

/** What a BACKUP does (RFC 9568 section 6.4.2). */
final class BackupRules {

    private BackupRules() {}

    static void apply(Transition transition, Event event) {
        if (event instanceof Event.Heard heard) {
            onAdvert(transition, heard);
        } else if (event instanceof Event.TakeoverOrdered ordered) {
            onTakeoverOrder(transition, ordered.sender());
        } else if (event instanceof Event.TakeoverRequested yielded) {
            onTakeoverRequest(transition, yielded.sender());
        } else if (event instanceof Event.PeerLost lost) {
            onPeerLost(transition, lost.peer());
        } else {
            StateMachine.refuseHandover(transition, event);
        }
        watchTheTimer(transition);
        StateMachine.forgetSilentHolder(transition);
    }

    private static void onAdvert(Transition transition, Event.Heard heard) {
        int priority = heard.advert().priority();
        if (priority == 0) {
            // Only the holder can leave. A late advert of priority 0 of an earlier one must not start an election.
            if (transition.holder().isEmpty() || transition.holder().equals(Optional.of(heard.sender()))) {
                transition.note(heard);
                succeed(transition, heard.sender(), heard.advert().intervalNanos(), " left");
            }
            return;
        }
        transition.note(heard);
        Role.Backup backup = keepPreemptionHold(transition, backup(transition), heard);
        if (priority == Router.SEEKING_SUCCESSOR && backup.isAskedToTakeOverBy(heard.sender())) {
            return;
        }
        if (priority >= transition.router.ownPriority() || !mayPreempt(transition, backup)) {
            long masterDown =
                    Timers.masterDown(transition.router, heard.advert().intervalNanos(), Optional.of(heard.sender()));
            transition.set(
                    backup.afterAdvert(transition.now + masterDown, Role.Cause.silence(heard.sender(), masterDown)));
            if (!transition.isDeparting()) {
                // What a previous run left behind belongs to the master that was just heard.
                transition.removeAddresses();
            }
        } else {
            // Not answered, and not reassured: this node takes over when its timer runs out.
            transition.set(backup.isAskedToTakeOverBy(heard.sender()) ? backup : backup.withoutLeaving());
        }
    }

    /** The new holder is left alone as long as it is the same and as strong as at first; another one may follow it. */
    private static Role.Backup keepPreemptionHold(Transition transition, Role.Backup backup, Event.Heard heard) {
        if (backup.preemptionHold().isEmpty()) {
            return backup;
        }
        Role.PreemptionHold preemptionHold = backup.preemptionHold().get();
        boolean same = preemptionHold.holder().equals(Optional.of(heard.sender()));
        boolean weaker = same && heard.advert().priority() < preemptionHold.priority();
        return backup.withPreemptionHold(
                weaker
                        ? Optional.empty()
                        : Optional.of(new Role.PreemptionHold(
                                Optional.of(heard.sender()), heard.advert().priority())));
    }

    private static boolean mayPreempt(Transition transition, Role.Backup backup) {
        return transition.router.settings.preempt()
                && transition.router.conditions.prepared()
                && transition.now >= backup.preemptFrom()
                && backup.preemptionHold().isEmpty()
                && !transition.router.suspended();
    }

    /** The holder gives the addresses to this node by name. */
    private static void onTakeoverOrder(Transition transition, Peer sender) {
        if (!transition.router.suspended() && transition.holder().equals(Optional.of(sender))) {
            transition.takeOver(
                    OptionalInt.of(transition.router.conditions.adjustment()),
                    Optional.of(sender),
                    sender.name() + " handed over to this node");
        }
    }

    /** The holder looks for a successor. One that could not serve leaves it to the others, and to its advert of priority 0. */
    private static void onTakeoverRequest(Transition transition, Peer sender) {
        boolean able = transition.router.conditions.prepared() && !transition.router.suspended();
        if (able && transition.holder().equals(Optional.of(sender))) {
            Role.Backup backup = backup(transition);
            long at = transition.now + Timers.successorDelay(transition.router, sender);
            transition.set(backup.afterTakeoverRequest(
                    sender, Math.min(backup.masterDownAt(), at), Role.Cause.words(sender.name() + " handed over")));
        }
    }

    private static void onPeerLost(Transition transition, Peer peer) {
        if (transition.holder().equals(Optional.of(peer))) {
            long interval = transition.router.holder.get().intervalNanos();
            transition.forgetHolder();
            succeed(transition, peer, interval, "'s agent ended");
        }
    }

    private static void succeed(Transition transition, Peer leaving, long interval, String what) {
        long at = transition.now + Timers.succession(transition.router, interval, Optional.of(leaving));
        Role.Backup backup = backup(transition);
        transition.set(backup.afterMasterLoss(
                leaving, Math.min(backup.masterDownAt(), at), Role.Cause.words(leaving.name() + what)));
    }

    private static void watchTheTimer(Transition transition) {
        if (!(transition.router.role instanceof Role.Backup backup) || transition.now < backup.masterDownAt()) {
            return;
        }
        if (transition.router.suspended()) {
            transition.set(backup.withMasterDownAt(Role.NEVER));
        } else {
            takeOver(transition, backup);
        }
    }

    private static void takeOver(Transition transition, Role.Backup backup) {
        Optional<Holder> living = transition.router.holder.filter(holder -> transition.now < holder.until());
        Optional<Peer> predecessor = backup.leaving().map(Role.Leaving::peer);
        if (backup.leaving().filter(Role.Leaving::holds).isPresent()) {
            transition.takeOver(OptionalInt.empty(), predecessor, backup.cause().text());
        } else if (living.isPresent()) {
            transition.takeOver(
                    OptionalInt.empty(),
                    living.map(Holder::peer),
                    "preempts " + living.get().peer().name() + " (priority "
                            + living.get().priority() + " against " + transition.router.ownPriority() + ")");
        } else {
            transition.succeed(predecessor, backup.cause().text());
        }
    }

    /** Never lengthens the wait for a master that is silent: an order may be repeated as often as one likes. */
    static void resume(Transition transition) {
        if (transition.router.role instanceof Role.Backup backup) {
            long interval = transition
                    .router
                    .holder
                    .map(Holder::intervalNanos)
                    .orElse(transition.router.settings.intervalNanos());
            long masterDownAt = transition.now + Timers.masterDown(transition.router, interval, transition.holder());
            transition.set(backup.afterResume(Math.min(backup.masterDownAt(), masterDownAt), transition.now));
        }
    }

    private static Role.Backup backup(Transition transition) {
        return (Role.Backup) transition.router.role;
    }
}
