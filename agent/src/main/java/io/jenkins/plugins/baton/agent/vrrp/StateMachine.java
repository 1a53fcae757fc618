package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
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
        Transition transition = new Transition(router, now);
        detectStall(transition);
        if (!conditions(transition, event)) {
            if (event instanceof Event.Started started) {
                start(transition, started);
            } else if (event instanceof Event.Stopped stopped) {
                stop(transition, stopped.reason());
            } else if (event instanceof Event.Leave leave) {
                leave(transition, leave.reason());
            } else if (event instanceof Event.Reconfigured reconfigured) {
                reconfigure(transition, reconfigured.settings());
            } else if (transition.router.role instanceof Role.Backup) {
                BackupRules.apply(transition, event);
            } else if (transition.router.role instanceof Role.Master) {
                MasterRules.apply(transition, event);
            } else {
                whenInactive(transition, event);
            }
        }
        transition.depart();
        HandoverOutcome.conclude(router, transition);
        return transition.end();
    }

    /**
     * Before anything else: was this process asleep? A MASTER that was silent for so long that its peers may have
     * chosen another must not send one more advert: it would depose the new one. A BACKUP that was asleep did not hear
     * the master and cannot know that it was silent.
     */
    private static void detectStall(Transition transition) {
        Settings settings = transition.router.settings;
        if (transition.router.role instanceof Role.Master master
                && transition.now - master.sentAt() > Timers.safeSilence(settings)) {
            long pause = transition.now - transition.router.steppedAt;
            transition.act(new Action.Stalled(pause));
            transition.removeAddresses();
            String reason = "this node was asleep for " + HumanUnits.exact(Duration.ofNanos(pause))
                    + " and another may have taken over";
            if (master.isStopping()) {
                transition.become(new Role.Initialize(), reason);
            } else {
                transition.listen(0, reason);
            }
        } else if (transition.router.role instanceof Role.Backup backup
                && !backup.stallGraceUsed()
                && transition.now - transition.router.steppedAt > Timers.stallThreshold(settings)) {
            transition.act(new Action.Stalled(transition.now - transition.router.steppedAt));
            transition.set(backup.withStallGrace(
                    Math.max(backup.masterDownAt(), transition.now + Timers.stallGrace(settings))));
        }
    }

    /** Events that change what this node is fit for, in whatever state. */
    private static boolean conditions(Transition transition, Event event) {
        Conditions now = transition.router.conditions;
        if (event instanceof Event.NetworkChanged network) {
            transition.set(now.withNetwork(network.obstacle()));
        } else if (event instanceof Event.SendingFailed failed) {
            transition.set(now.withSending(Optional.of(failed.reason())));
        } else if (event instanceof Event.SendingWorks) {
            transition.set(now.withSending(Optional.empty()));
        } else if (event instanceof Event.Tracked tracked) {
            transition.set(now.withTracked(tracked));
            MasterRules.dropRaisedPriority(transition);
        } else if (event instanceof Event.Prepared prepared) {
            transition.set(now.withPrepared(prepared.yes()));
        } else if (event instanceof Event.Suspend suspend) {
            transition.set(now.withSuspended(Optional.of(suspend.reason())));
            suspend(transition, suspend.reason());
        } else if (event instanceof Event.Resume resume) {
            transition.set(now.withSuspended(Optional.empty()));
            MasterRules.resume(transition);
            BackupRules.resume(transition);
        } else {
            return false;
        }
        faultOrNot(transition);
        return true;
    }

    private static void start(Transition transition, Event.Started started) {
        if (transition.router.state() != State.INITIALIZE) {
            return;
        }
        transition.set(transition.router.conditions.withNetwork(started.obstacle()));
        transition.setHolding(started.leftover());
        Optional<String> obstacle = transition.router.conditions.obstacle();
        if (obstacle.isPresent()) {
            fail(transition, obstacle.get());
        } else {
            transition.listen(Timers.startupDelay(transition.router), "started");
        }
    }

    private static void leave(Transition transition, String reason) {
        if (transition.router.role instanceof Role.Master) {
            MasterRules.seekSuccessor(transition, Role.Purpose.STOP, reason);
        } else if (transition.isDeparting()) {
            transition.forgetHolder();
            transition.become(new Role.Initialize(), reason);
        } else {
            stop(transition, reason);
        }
    }

    private static void stop(Transition transition, String reason) {
        transition.release();
        transition.forgetHolder();
        transition.become(new Role.Initialize(), reason);
    }

    /** The addresses stay where they are; timers that ran under the old interval are shortened, never lengthened. */
    private static void reconfigure(Transition transition, Settings settings) {
        transition.set(settings);
        if (transition.router.role instanceof Role.Master) {
            MasterRules.advertise(transition);
        } else if (transition.router.role instanceof Role.Backup backup) {
            long interval = transition.router.holder.map(Holder::intervalNanos).orElse(settings.intervalNanos());
            long masterDownAt = transition.now + Timers.masterDown(transition.router, interval, transition.holder());
            transition.set(backup.withMasterDownAt(Math.min(backup.masterDownAt(), masterDownAt)));
        }
    }

    private static void suspend(Transition transition, String reason) {
        if (transition.router.state() == State.MASTER) {
            MasterRules.seekSuccessor(transition, Role.Purpose.SUSPENSION, reason);
        } else if (!transition.isDeparting()) {
            transition.removeAddresses();
        }
    }

    private static void faultOrNot(Transition transition) {
        Optional<String> obstacle = transition.router.conditions.obstacle();
        State state = transition.router.state();
        if (state == State.INITIALIZE) {
            return;
        }
        if (obstacle.isPresent() && transition.router.role instanceof Role.Fault fault) {
            remain(transition, fault, obstacle.get());
        } else if (obstacle.isPresent()) {
            fail(transition, obstacle.get());
        } else if (state == State.FAULT) {
            transition.listen(0, "the fault is over");
        }
    }

    private static void fail(Transition transition, String reason) {
        boolean stopping = transition.router.role instanceof Role.Master master && master.isStopping();
        transition.release();
        transition.become(stopping ? new Role.Initialize() : new Role.Fault(reason, nextTry(transition)), reason);
    }

    private static void remain(Transition transition, Role.Fault fault, String reason) {
        if (!fault.reason().equals(reason)) {
            transition.set(new Role.Fault(reason, nextTry(transition)));
            transition.act(new Action.Remained(State.FAULT, reason));
        }
    }

    private static long nextTry(Transition transition) {
        Conditions conditions = transition.router.conditions;
        boolean unsent = conditions.network().isEmpty() && conditions.sending().isPresent();
        return unsent ? transition.now + Timers.SEND_RETRY_INTERVAL : Role.NEVER;
    }

    /** INITIALIZE and FAULT only watch. */
    private static void whenInactive(Transition transition, Event event) {
        if (event instanceof Event.Heard heard) {
            transition.note(heard);
        } else if (event instanceof Event.PeerLost lost && transition.holder().equals(Optional.of(lost.peer()))) {
            transition.forgetHolder();
        }
        if (transition.router.role instanceof Role.Fault fault && transition.now >= fault.tryAt()) {
            transition.set(new Role.Fault(fault.reason(), transition.now + Timers.SEND_RETRY_INTERVAL));
            transition.act(new Action.TrySending());
        }
        forgetSilentHolder(transition);
        refuseHandover(transition, event);
    }

    static void forgetSilentHolder(Transition transition) {
        if (transition.router.holder.isPresent()
                && transition.now >= transition.router.holder.get().until()) {
            transition.forgetHolder();
        }
    }

    /** Answers an operator who asks a node that does not hold the addresses to hand them over. */
    static void refuseHandover(Transition transition, Event event) {
        if (event instanceof Event.HandOver || event instanceof Event.HandOverTo) {
            String holder = transition.router.holderName().map(o -> o + " is").orElse("no master is known");
            transition.act(new Action.HandoverRefused(transition.router.settings.node() + " is "
                    + transition.router.state() + ", not MASTER; " + holder));
        }
    }
}
