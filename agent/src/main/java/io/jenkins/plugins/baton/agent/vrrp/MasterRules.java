package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;
import java.util.OptionalInt;

/** What a MASTER does (RFC 9568 section 6.4.3). */
final class MasterRules {

    private MasterRules() {}

    static void apply(Transition transition, Event event) {
        if (event instanceof Event.Heard heard) {
            onAdvert(transition, heard);
        } else if (event instanceof Event.AddressLost) {
            transition.act(new Action.AddAddresses());
            announceAgain(transition);
        } else if (event instanceof Event.EthernetAddressChanged) {
            transition.act(new Action.Announce(Announcements.TIMES));
        } else if (event instanceof Event.HandOver handOver) {
            seekSuccessor(transition, Role.Purpose.HANDOVER, handOver.reason());
        } else if (event instanceof Event.HandOverTo handOver) {
            handOverTo(transition, handOver);
        }
        if (transition.router.role instanceof Role.Master) {
            watchTheTimers(transition);
        }
    }

    private static void onAdvert(Transition transition, Event.Heard heard) {
        int theirs = heard.advert().priority();
        int ours = transition.router.effectivePriority();
        boolean wins = theirs > ours
                || (theirs == ours
                        && transition.router.settings.losesTieTo(heard.sender().address()));
        if (wins && isStaleAdvert(transition, heard.sender())) {
            return;
        } else if (wins || (theirs > 0 && master(transition).isSeekingSuccessor())) {
            stepDown(transition, heard, ours);
        } else {
            assertMastership(transition);
        }
    }

    /** Whether this is what the former holder said before it heard this node; unless it is to have the addresses back. */
    private static boolean isStaleAdvert(Transition transition, Peer sender) {
        boolean awaited = master(transition)
                .transfer()
                .flatMap(Role.Transfer::target)
                .filter(sender::equals)
                .isPresent();
        return !awaited
                && master(transition)
                        .predecessor()
                        .filter(p -> p.peer().equals(sender) && transition.now < p.until())
                        .isPresent();
    }

    private static void stepDown(Transition transition, Event.Heard heard, int ours) {
        Optional<Role.Transfer> transfer = master(transition).transfer();
        if (transfer.isEmpty()) {
            // When a partition heals the winner may not know of this rival yet. Told of it, it announces itself, and
            // again when this node has left; else the neighbours would go on coming here.
            advertise(transition);
        }
        transition.departSoon();
        transition.note(heard);
        long masterDownAt = transition.now
                + Timers.masterDown(transition.router, heard.advert().intervalNanos(), Optional.of(heard.sender()));
        if (transfer.isPresent() && transfer.get().target().isEmpty()) {
            Role.PreemptionHold preemptionHold = new Role.PreemptionHold(
                    Optional.of(heard.sender()), heard.advert().priority());
            completeTransfer(transition, transfer.get(), masterDownAt, Optional.of(preemptionHold));
        } else {
            transition.follow(
                    masterDownAt,
                    Optional.empty(),
                    heard.sender().name() + " advertises priority "
                            + heard.advert().priority() + " against " + ours);
        }
    }

    /** Becomes what the planned move was made for. */
    private static void completeTransfer(
            Transition transition,
            Role.Transfer transfer,
            long masterDownAt,
            Optional<Role.PreemptionHold> preemptionHold) {
        switch (transfer.purpose()) {
            case HANDOVER -> transition.follow(masterDownAt, preemptionHold, "handed over: " + transfer.reason());
            case SUSPENSION -> transition.follow(Role.NEVER, Optional.empty(), "suspended: " + transfer.reason());
            case STOP -> {
                transition.forgetHolder();
                transition.become(new Role.Initialize(), transfer.reason());
            }
        }
    }

    /**
     * Another node believed itself master, for instance on the far side of a partition that has just healed. It steps
     * down on our advert; but it may have told the neighbours that the addresses are there, so they are told again.
     */
    private static void assertMastership(Transition transition) {
        if (transition.now - master(transition).sentAt() >= Timers.answerGap(transition.router.settings)) {
            advertise(transition);
        }
        announceAgain(transition);
    }

    /** Now, unless that was just done, and once more when whoever disturbed has had time to leave. */
    private static void announceAgain(Transition transition) {
        Announcements announcements = master(transition).announcements();
        if (announcements.dueForRival(transition.router.settings, transition.now)) {
            transition.act(new Action.Announce(Announcements.TIMES));
            announcements = announcements.afterAnswer(transition.router.settings, transition.now);
        }
        transition.set(master(transition).with(announcements.withEcho(transition.router.settings, transition.now)));
    }

    /** Make before break: asks for a successor, and stays MASTER until one is heard or all had their chance. */
    static void seekSuccessor(Transition transition, Role.Purpose purpose, String reason) {
        if (purpose == Role.Purpose.HANDOVER && refusesHandover(transition)) {
            return;
        }
        long deadline = transition.now + Timers.search(transition.router.settings);
        Role.Transfer transfer = new Role.Transfer(
                Optional.empty(), purpose, reason, transition.now, transition.now + Timers.REQUEST_INTERVAL, deadline);
        if (transition.router.settings.peers().isEmpty()) {
            giveUpWaiting(transition, transfer);
        } else {
            transition.set(master(transition).with(Optional.of(transfer)));
            advertise(transition);
            transition.act(new Action.TakeoverRequest());
        }
    }

    /** Nobody took over while this node served: it leaves with an advert of priority 0. */
    private static void giveUpWaiting(Transition transition, Role.Transfer transfer) {
        transition.release();
        // Longer than any backup waits, in case the advert of priority 0 is lost.
        long interval = transition.router.settings.intervalNanos();
        long backAt = transition.now + Timers.masterDown(transition.router, interval, Optional.empty()) + 2 * interval;
        completeTransfer(transition, transfer, backAt, Optional.of(new Role.PreemptionHold(Optional.empty(), 0)));
    }

    /** Make before break: this node stays MASTER until it hears the other, which advertises the highest priority. */
    private static void handOverTo(Transition transition, Event.HandOverTo order) {
        if (refusesHandover(transition)) {
            return;
        }
        long deadline = transition.now + Timers.transfer(transition.router.settings);
        transition.set(master(transition)
                .with(Optional.of(new Role.Transfer(
                        Optional.of(order.target()),
                        Role.Purpose.HANDOVER,
                        order.reason(),
                        transition.now,
                        transition.now + Timers.REQUEST_INTERVAL,
                        deadline))));
        advertise(transition);
        transition.act(new Action.TakeoverOrder(order.target()));
    }

    /** A node that is alone stays; one that is about to stop, or to stand aside, looks for a successor already. */
    private static boolean refusesHandover(Transition transition) {
        if (transition.router.settings.peers().isEmpty()) {
            transition.act(new Action.HandoverRefused("there is no other node to hand over to"));
            return true;
        }
        boolean leaving = master(transition)
                .transfer()
                .filter(t -> t.purpose() != Role.Purpose.HANDOVER)
                .isPresent();
        if (leaving) {
            transition.act(new Action.HandoverRefused(transition.router.settings.node()
                    + " is leaving already and gives the addresses to whoever is next"));
        }
        return leaving;
    }

    /** Ends a suspension that has not found a successor yet. */
    static void resume(Transition transition) {
        if (transition.router.role instanceof Role.Master master
                && master.transfer()
                        .filter(t -> t.purpose() == Role.Purpose.SUSPENSION)
                        .isPresent()) {
            transition.set(master.with(Optional.<Role.Transfer>empty()));
            advertise(transition);
        }
    }

    private static void watchTheTimers(Transition transition) {
        long now = transition.now;
        if (now >= master(transition).advertiseAt()) {
            advertise(transition);
        }
        if (now >= master(transition).renewAt()) {
            transition.act(new Action.RenewLease());
            transition.set(master(transition).withRenewAt(now + Timers.LEASE_RENEW_INTERVAL));
        }
        if (now >= master(transition).announcements().next()) {
            transition.act(
                    new Action.Announce(master(transition).announcements().times(now)));
            transition.set(
                    master(transition).with(master(transition).announcements().after(transition.router.settings, now)));
        }
        if (master(transition).transfer().isPresent()) {
            watch(transition, master(transition).transfer().get());
        }
    }

    private static void watch(Transition transition, Role.Transfer transfer) {
        if (transition.now < transfer.deadline()) {
            if (transition.now >= transfer.repeatAt()) {
                transition.act(transfer.target()
                        .<Action>map(Action.TakeoverOrder::new)
                        .orElseGet(Action.TakeoverRequest::new));
                transition.set(master(transition)
                        .with(Optional.of(transfer.repeatedAt(transition.now + Timers.REQUEST_INTERVAL))));
            }
        } else if (transfer.target().isPresent()) {
            transition.set(master(transition).with(Optional.<Role.Transfer>empty()));
        } else {
            giveUpWaiting(transition, transfer);
        }
    }

    /** Sends an advert now; the next one is due an interval later. */
    static void advertise(Transition transition) {
        transition.act(new Action.Advertise(transition.router.effectivePriority()));
        transition.set(
                master(transition).sent(transition.now, transition.now + transition.router.settings.intervalNanos()));
    }

    /** A node that was handed the addresses loses its raised priority when its own checks get worse. */
    static void dropRaisedPriority(Transition transition) {
        if (transition.router.role instanceof Role.Master master
                && master.raisedAt().isPresent()
                && transition.router.conditions.adjustment() < master.raisedAt().getAsInt()) {
            transition.set(master.with(OptionalInt.empty()));
        }
    }

    private static Role.Master master(Transition transition) {
        return (Role.Master) transition.router.role;
    }
}
