package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;
import java.util.OptionalInt;

/** What a MASTER does (RFC 9568 section 6.4.3). */
final class MasterRules {

    private MasterRules() {}

    static void apply(Turn turn, Event event) {
        if (event instanceof Event.Heard heard) {
            hear(turn, heard);
        } else if (event instanceof Event.AddressLost) {
            turn.act(new Action.AddAddresses());
            turn.act(new Action.Announce(Announcements.TIMES));
        } else if (event instanceof Event.HandOver handOver) {
            handOver(turn, handOver.reason());
        } else if (event instanceof Event.HandOverTo handOver) {
            handOverTo(turn, handOver);
        }
        if (turn.router.role instanceof Role.Master) {
            watchTheTimers(turn);
        }
    }

    private static void hear(Turn turn, Event.Heard heard) {
        int theirs = heard.advert().priority();
        int ours = turn.router.effectivePriority();
        if (theirs > ours || (theirs == ours && turn.router.settings.losesTieTo(heard.sender().address()))) {
            turn.removeAddresses();
            turn.note(heard);
            long masterDown = Timers.masterDown(
                    turn.router, heard.advert().intervalNanos(), Optional.of(heard.sender()));
            turn.follow(
                    turn.now + masterDown,
                    Optional.empty(),
                    heard.sender().name() + " advertises priority " + theirs + " against " + ours);
        } else {
            assertMastership(turn);
        }
    }

    /**
     * Another node believed itself master, for instance on the far side of a partition that has just healed. It steps
     * down on our advert; but it may have told the neighbours that the addresses are there, so they are told again.
     */
    private static void assertMastership(Turn turn) {
        if (turn.now - master(turn).sentAt() >= Timers.answerGap(turn.router.settings)) {
            advertise(turn);
        }
        Role.Master master = master(turn);
        if (master.announcements().dueForRival(turn.router.settings, turn.now)) {
            turn.act(new Action.Announce(Announcements.TIMES));
            turn.set(master.with(master.announcements().afterRival(turn.router.settings, turn.now)));
        }
    }

    private static void handOver(Turn turn, String reason) {
        turn.release();
        // Longer than any backup waits, in case the farewell is lost.
        long interval = turn.router.settings.intervalNanos();
        long backAt = turn.now + Timers.masterDown(turn.router, interval, Optional.empty()) + 2 * interval;
        turn.follow(
                backAt, Optional.of(new Role.Abstention(Optional.empty(), 0)), "handed over: " + reason);
    }

    /** Make before break: this node stays MASTER until it hears the other, which advertises the highest priority. */
    private static void handOverTo(Turn turn, Event.HandOverTo order) {
        long deadline = turn.now + Timers.transfer(turn.router.settings);
        turn.set(master(turn).with(Optional.of(new Role.Transfer(order.target(), deadline))));
        advertise(turn);
        turn.act(new Action.Order(order.target()));
    }

    private static void watchTheTimers(Turn turn) {
        long now = turn.now;
        if (now >= master(turn).advertiseAt()) {
            advertise(turn);
            master(turn).transfer().ifPresent(t -> turn.act(new Action.Order(t.target())));
        }
        if (now >= master(turn).renewAt()) {
            turn.act(new Action.RenewLease());
            turn.set(master(turn).withRenewAt(now + Timers.RENEW));
        }
        if (now >= master(turn).announcements().next()) {
            turn.act(new Action.Announce(Announcements.TIMES));
            turn.set(master(turn).with(master(turn).announcements().after(turn.router.settings, now)));
        }
        Optional<Role.Transfer> transfer = master(turn).transfer();
        if (transfer.isPresent() && now >= transfer.get().deadline()) {
            turn.set(master(turn).with(Optional.<Role.Transfer>empty()));
        }
    }

    /** Sends an advert now; the next one is due an interval later. */
    static void advertise(Turn turn) {
        turn.act(new Action.Advertise(turn.router.effectivePriority()));
        turn.set(master(turn).sent(turn.now, turn.now + turn.router.settings.intervalNanos()));
    }

    /** A node that was handed the addresses loses its raised priority when its own checks get worse. */
    static void weigh(Turn turn) {
        if (turn.router.role instanceof Role.Master master
                && master.raisedAt().isPresent()
                && turn.router.conditions.adjustment() < master.raisedAt().getAsInt()) {
            turn.set(master.with(OptionalInt.empty()));
        }
    }

    private static Role.Master master(Turn turn) {
        return (Role.Master) turn.router.role;
    }
}
