package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;
import java.util.OptionalInt;

/** What a BACKUP does (RFC 9568 section 6.4.2). */
final class BackupRules {

    private BackupRules() {}

    static void apply(Turn turn, Event event) {
        if (event instanceof Event.Heard heard) {
            hear(turn, heard);
        } else if (event instanceof Event.Ordered ordered) {
            obey(turn, ordered.sender());
        } else if (event instanceof Event.Yielded yielded) {
            accept(turn, yielded.sender());
        } else if (event instanceof Event.PeerLost lost) {
            mourn(turn, lost.peer());
        } else {
            StateMachine.refuseHandover(turn, event);
        }
        watchTheTimer(turn);
        StateMachine.forgetSilentOwner(turn);
    }

    private static void hear(Turn turn, Event.Heard heard) {
        int priority = heard.advert().priority();
        if (priority == 0) {
            // Only the owner can leave. A late farewell of an earlier one must not start an election.
            if (turn.owner().isEmpty() || turn.owner().equals(Optional.of(heard.sender()))) {
                turn.note(heard);
                succeed(turn, heard.sender(), heard.advert().intervalNanos(), " left");
            }
            return;
        }
        turn.note(heard);
        Role.Backup backup = keepAbstaining(turn, backup(turn), heard);
        if (priority == Router.YIELDING && backup.isInvitedBy(heard.sender())) {
            return;
        }
        if (priority >= turn.router.ownPriority() || !mayPreempt(turn, backup)) {
            long masterDown = Timers.masterDown(
                    turn.router, heard.advert().intervalNanos(), Optional.of(heard.sender()));
            turn.set(backup.reassured(
                    turn.now + masterDown,
                    heard.sender().name() + " has been silent for " + StateMachine.text(masterDown)));
            if (!turn.isDeparting()) {
                // What a previous run left behind belongs to the master that was just heard.
                turn.removeAddresses();
            }
        } else {
            // Not answered, and not reassured: this node takes over when its timer runs out.
            turn.set(backup.isInvitedBy(heard.sender()) ? backup : backup.withoutLeaving());
        }
    }

    /** The new owner is left alone as long as it is the same and as strong as at first; another one may follow it. */
    private static Role.Backup keepAbstaining(Turn turn, Role.Backup backup, Event.Heard heard) {
        if (backup.abstention().isEmpty()) {
            return backup;
        }
        Role.Abstention abstention = backup.abstention().get();
        boolean same = abstention.owner().equals(Optional.of(heard.sender()));
        boolean weaker = same && heard.advert().priority() < abstention.priority();
        return backup.withAbstention(
                weaker
                        ? Optional.empty()
                        : Optional.of(new Role.Abstention(
                                Optional.of(heard.sender()), heard.advert().priority())));
    }

    private static boolean mayPreempt(Turn turn, Role.Backup backup) {
        return turn.router.settings.preempt()
                && turn.router.conditions.prepared()
                && turn.now >= backup.preemptFrom()
                && backup.abstention().isEmpty()
                && !turn.router.suspended();
    }

    /** The holder gives the addresses to this node by name. */
    private static void obey(Turn turn, Peer sender) {
        if (!turn.router.suspended() && turn.owner().equals(Optional.of(sender))) {
            turn.takeOver(
                    OptionalInt.of(turn.router.conditions.adjustment()),
                    Optional.of(sender),
                    sender.name() + " handed over to this node");
        }
    }

    /** The holder looks for a successor. One that could not serve leaves it to the others, and to the farewell. */
    private static void accept(Turn turn, Peer sender) {
        boolean able = turn.router.conditions.prepared() && !turn.router.suspended();
        if (able && turn.owner().equals(Optional.of(sender))) {
            Role.Backup backup = backup(turn);
            long at = turn.now + Timers.turn(turn.router, sender);
            turn.set(backup.invited(sender, Math.min(backup.masterDownAt(), at), sender.name() + " handed over"));
        }
    }

    private static void mourn(Turn turn, Peer peer) {
        if (turn.owner().equals(Optional.of(peer))) {
            long interval = turn.router.owner.get().intervalNanos();
            turn.forgetOwner();
            succeed(turn, peer, interval, "'s agent ended");
        }
    }

    private static void succeed(Turn turn, Peer leaving, long interval, String what) {
        long at = turn.now + Timers.succession(turn.router, interval, Optional.of(leaving));
        Role.Backup backup = backup(turn);
        turn.set(backup.bereaved(leaving, Math.min(backup.masterDownAt(), at), leaving.name() + what));
    }

    private static void watchTheTimer(Turn turn) {
        if (!(turn.router.role instanceof Role.Backup backup) || turn.now < backup.masterDownAt()) {
            return;
        }
        if (turn.router.suspended()) {
            turn.set(backup.withMasterDownAt(Role.NEVER));
        } else {
            takeOver(turn, backup);
        }
    }

    private static void takeOver(Turn turn, Role.Backup backup) {
        Optional<Owner> living = turn.router.owner.filter(owner -> turn.now < owner.until());
        Optional<Peer> predecessor = backup.leaving().map(Role.Leaving::peer);
        if (backup.leaving().filter(Role.Leaving::holds).isPresent()) {
            turn.takeOver(OptionalInt.empty(), predecessor, backup.cause());
        } else if (living.isPresent()) {
            turn.takeOver(
                    OptionalInt.empty(),
                    living.map(Owner::peer),
                    "preempts " + living.get().peer().name() + " (priority " + living.get().priority() + " against "
                            + turn.router.ownPriority() + ")");
        } else {
            turn.succeed(predecessor, backup.cause());
        }
    }

    static void resume(Turn turn) {
        if (turn.router.role instanceof Role.Backup) {
            long interval = turn.router.owner.map(Owner::intervalNanos).orElse(turn.router.settings.intervalNanos());
            turn.follow(turn.now + Timers.masterDown(turn.router, interval, turn.owner()), Optional.empty(), "resumed");
        }
    }

    private static Role.Backup backup(Turn turn) {
        return (Role.Backup) turn.router.role;
    }
}
