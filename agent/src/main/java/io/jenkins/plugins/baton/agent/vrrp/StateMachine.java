package io.jenkins.plugins.baton.agent.vrrp;

import java.time.Duration;
import java.util.Optional;

/**
 * The election: RFC 9568 section 6.4, and what a VIP needs beyond it. A pure function; it neither sleeps nor sends, so
 * a whole cluster of routers runs in a simulation and one seed replays it.
 */
public final class StateMachine {

    private StateMachine() {}

    /**
     * @param event what happened
     * @param now nanoseconds, not before {@code router}'s last step
     * @return the router afterwards and what is to be done
     */
    public static Step step(Router router, Event event, long now) {
        Turn turn = new Turn(router, now);
        lookAtTheClock(turn);
        if (!conditions(turn, event)) {
            if (event instanceof Event.Started started) {
                start(turn, started);
            } else if (event instanceof Event.Stopped stopped) {
                stop(turn, stopped.reason());
            } else if (event instanceof Event.Leave leave) {
                leave(turn, leave.reason());
            } else if (event instanceof Event.Reconfigured reconfigured) {
                reconfigure(turn, reconfigured.settings());
            } else if (turn.router.role instanceof Role.Backup) {
                BackupRules.apply(turn, event);
            } else if (turn.router.role instanceof Role.Master) {
                MasterRules.apply(turn, event);
            } else {
                bystander(turn, event);
            }
        }
        turn.depart();
        Handovers.conclude(router, turn);
        return turn.end();
    }

    /**
     * Before anything else: was this process asleep? A MASTER that was silent for so long that its peers may have
     * chosen another must not send one more advert: it would depose the new one. A BACKUP that was asleep did not hear
     * the master and cannot know that it was silent.
     */
    private static void lookAtTheClock(Turn turn) {
        Settings settings = turn.router.settings;
        if (turn.router.role instanceof Role.Master master && turn.now - master.sentAt() > Timers.tenure(settings)) {
            long pause = turn.now - turn.router.steppedAt;
            turn.act(new Action.Stalled(pause));
            turn.removeAddresses();
            String reason = "this node was asleep for " + text(pause) + " and another may have taken over";
            if (master.isStopping()) {
                turn.become(new Role.Initialize(), reason);
            } else {
                turn.listen(0, reason);
            }
        } else if (turn.router.role instanceof Role.Backup backup
                && !backup.excused()
                && turn.now - turn.router.steppedAt > Timers.punctual(settings)) {
            turn.act(new Action.Stalled(turn.now - turn.router.steppedAt));
            turn.set(backup.excusedUntil(Math.max(backup.masterDownAt(), turn.now + Timers.punctual(settings))));
        }
    }

    /** Events that change what this node is fit for, in whatever state. */
    private static boolean conditions(Turn turn, Event event) {
        Conditions now = turn.router.conditions;
        if (event instanceof Event.NetworkChanged network) {
            turn.set(now.withNetwork(network.obstacle()));
        } else if (event instanceof Event.SendingFailed failed) {
            turn.set(now.withSending(Optional.of(failed.reason())));
        } else if (event instanceof Event.SendingWorks) {
            turn.set(now.withSending(Optional.empty()));
        } else if (event instanceof Event.Tracked tracked) {
            turn.set(now.withTracked(tracked));
            MasterRules.weigh(turn);
        } else if (event instanceof Event.Prepared prepared) {
            turn.set(now.withPrepared(prepared.yes()));
        } else if (event instanceof Event.Suspend suspend) {
            turn.set(now.withSuspended(Optional.of(suspend.reason())));
            suspend(turn, suspend.reason());
        } else if (event instanceof Event.Resume resume) {
            turn.set(now.withSuspended(Optional.empty()));
            MasterRules.resume(turn);
            BackupRules.resume(turn);
        } else {
            return false;
        }
        faultOrNot(turn);
        return true;
    }

    private static void start(Turn turn, Event.Started started) {
        if (turn.router.state() != State.INITIALIZE) {
            return;
        }
        turn.set(turn.router.conditions.withNetwork(started.obstacle()));
        turn.setHolding(started.leftover());
        Optional<String> obstacle = turn.router.conditions.obstacle();
        if (obstacle.isPresent()) {
            fail(turn, obstacle.get());
        } else {
            turn.listen(Timers.startCourtesy(turn.router), "started");
        }
    }

    private static void leave(Turn turn, String reason) {
        if (turn.router.role instanceof Role.Master) {
            MasterRules.seekSuccessor(turn, Role.Purpose.STOP, reason);
        } else if (turn.isDeparting()) {
            turn.forgetOwner();
            turn.become(new Role.Initialize(), reason);
        } else {
            stop(turn, reason);
        }
    }

    private static void stop(Turn turn, String reason) {
        turn.release();
        turn.forgetOwner();
        turn.become(new Role.Initialize(), reason);
    }

    /** The addresses stay where they are; timers that ran under the old interval are shortened, never lengthened. */
    private static void reconfigure(Turn turn, Settings settings) {
        turn.set(settings);
        if (turn.router.role instanceof Role.Master) {
            MasterRules.advertise(turn);
        } else if (turn.router.role instanceof Role.Backup backup) {
            long interval = turn.router.owner.map(Owner::intervalNanos).orElse(settings.intervalNanos());
            long masterDownAt = turn.now + Timers.masterDown(turn.router, interval, turn.owner());
            turn.set(backup.withMasterDownAt(Math.min(backup.masterDownAt(), masterDownAt)));
        }
    }

    private static void suspend(Turn turn, String reason) {
        if (turn.router.state() == State.MASTER) {
            MasterRules.seekSuccessor(turn, Role.Purpose.SUSPENSION, reason);
        } else if (!turn.isDeparting()) {
            turn.removeAddresses();
        }
    }

    private static void faultOrNot(Turn turn) {
        Optional<String> obstacle = turn.router.conditions.obstacle();
        State state = turn.router.state();
        if (state == State.INITIALIZE) {
            return;
        }
        if (obstacle.isPresent() && turn.router.role instanceof Role.Fault fault) {
            remain(turn, fault, obstacle.get());
        } else if (obstacle.isPresent()) {
            fail(turn, obstacle.get());
        } else if (state == State.FAULT) {
            turn.listen(0, "the fault is over");
        }
    }

    private static void fail(Turn turn, String reason) {
        boolean stopping = turn.router.role instanceof Role.Master master && master.isStopping();
        turn.release();
        turn.become(stopping ? new Role.Initialize() : new Role.Fault(reason, nextTry(turn)), reason);
    }

    private static void remain(Turn turn, Role.Fault fault, String reason) {
        if (!fault.reason().equals(reason)) {
            turn.set(new Role.Fault(reason, nextTry(turn)));
            turn.act(new Action.Remained(State.FAULT, reason));
        }
    }

    private static long nextTry(Turn turn) {
        Conditions conditions = turn.router.conditions;
        boolean unsent = conditions.network().isEmpty() && conditions.sending().isPresent();
        return unsent ? turn.now + Timers.TRY_SENDING : Role.NEVER;
    }

    /** INITIALIZE and FAULT only watch. */
    private static void bystander(Turn turn, Event event) {
        if (event instanceof Event.Heard heard) {
            turn.note(heard);
        } else if (event instanceof Event.PeerLost lost && turn.owner().equals(Optional.of(lost.peer()))) {
            turn.forgetOwner();
        }
        if (turn.router.role instanceof Role.Fault fault && turn.now >= fault.tryAt()) {
            turn.set(new Role.Fault(fault.reason(), turn.now + Timers.TRY_SENDING));
            turn.act(new Action.TrySending());
        }
        forgetSilentOwner(turn);
        refuseHandover(turn, event);
    }

    static void forgetSilentOwner(Turn turn) {
        if (turn.router.owner.isPresent() && turn.now >= turn.router.owner.get().until()) {
            turn.forgetOwner();
        }
    }

    /** Answers an operator who asks a node that does not hold the addresses to hand them over. */
    static void refuseHandover(Turn turn, Event event) {
        if (event instanceof Event.HandOver || event instanceof Event.HandOverTo) {
            String owner = turn.router.ownerName().map(o -> o + " is").orElse("no master is known");
            turn.act(new Action.HandoverRefused(
                    turn.router.settings.node() + " is " + turn.router.state() + ", not MASTER; " + owner));
        }
    }

    /** A duration for a person: milliseconds, or seconds with one decimal. */
    static String text(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        return duration.toMillis() < 10_000
                ? duration.toMillis() + " ms"
                : duration.toSeconds() + "." + duration.toMillisPart() / 100 + " s";
    }
}
