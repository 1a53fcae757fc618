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
            announceAgain(turn);
        } else if (event instanceof Event.EthernetAddressChanged) {
            turn.act(new Action.Announce(Announcements.TIMES));
        } else if (event instanceof Event.HandOver handOver) {
            seekSuccessor(turn, Role.Purpose.HANDOVER, handOver.reason());
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
        boolean wins = theirs > ours || (theirs == ours && turn.router.settings.losesTieTo(heard.sender().address()));
        if (wins && isBygone(turn, heard.sender())) {
            return;
        } else if (wins || (theirs > 0 && master(turn).isYielding())) {
            concede(turn, heard, ours);
        } else {
            assertMastership(turn);
        }
    }

    /** Whether this is what the former holder said before it heard this node; unless it is to have the addresses back. */
    private static boolean isBygone(Turn turn, Peer sender) {
        boolean awaited = master(turn).transfer().flatMap(Role.Transfer::target).filter(sender::equals).isPresent();
        return !awaited
                && master(turn).predecessor().filter(p -> p.peer().equals(sender) && turn.now < p.until()).isPresent();
    }

    private static void concede(Turn turn, Event.Heard heard, int ours) {
        Optional<Role.Transfer> transfer = master(turn).transfer();
        if (transfer.isEmpty()) {
            // When a partition heals the winner may not know of this rival yet. Told of it, it announces itself, and again
            // when this node has left; else the neighbours would go on coming here.
            advertise(turn);
        }
        turn.departSoon();
        turn.note(heard);
        long masterDownAt = turn.now
                + Timers.masterDown(turn.router, heard.advert().intervalNanos(), Optional.of(heard.sender()));
        if (transfer.isPresent() && transfer.get().target().isEmpty()) {
            Role.Abstention abstention =
                    new Role.Abstention(Optional.of(heard.sender()), heard.advert().priority());
            leaveOffice(turn, transfer.get(), masterDownAt, Optional.of(abstention));
        } else {
            turn.follow(
                    masterDownAt,
                    Optional.empty(),
                    heard.sender().name() + " advertises priority " + heard.advert().priority() + " against " + ours);
        }
    }

    /** Becomes what the planned move was made for. */
    private static void leaveOffice(
            Turn turn, Role.Transfer transfer, long masterDownAt, Optional<Role.Abstention> abstention) {
        switch (transfer.purpose()) {
            case HANDOVER -> turn.follow(masterDownAt, abstention, "handed over: " + transfer.reason());
            case SUSPENSION -> turn.follow(Role.NEVER, Optional.empty(), "suspended: " + transfer.reason());
            case STOP -> {
                turn.forgetOwner();
                turn.become(new Role.Initialize(), transfer.reason());
            }
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
        announceAgain(turn);
    }

    /** Now, unless that was just done, and once more when whoever disturbed has had time to leave. */
    private static void announceAgain(Turn turn) {
        Announcements announcements = master(turn).announcements();
        if (announcements.dueForRival(turn.router.settings, turn.now)) {
            turn.act(new Action.Announce(Announcements.TIMES));
            announcements = announcements.afterAnswer(turn.router.settings, turn.now);
        }
        turn.set(master(turn).with(announcements.withEcho(turn.router.settings, turn.now)));
    }

    /** Make before break: asks for a successor, and stays MASTER until one is heard or all had their chance. */
    static void seekSuccessor(Turn turn, Role.Purpose purpose, String reason) {
        if (purpose == Role.Purpose.HANDOVER && refusesHandover(turn)) {
            return;
        }
        long deadline = turn.now + Timers.search(turn.router.settings);
        Role.Transfer transfer = new Role.Transfer(
                Optional.empty(), purpose, reason, turn.now, turn.now + Timers.REPEAT, deadline);
        if (turn.router.settings.peers().isEmpty()) {
            giveUpWaiting(turn, transfer);
        } else {
            turn.set(master(turn).with(Optional.of(transfer)));
            advertise(turn);
            turn.act(new Action.Yield());
        }
    }

    /** Nobody took over while this node served: it leaves with a farewell. */
    private static void giveUpWaiting(Turn turn, Role.Transfer transfer) {
        turn.release();
        // Longer than any backup waits, in case the farewell is lost.
        long interval = turn.router.settings.intervalNanos();
        long backAt = turn.now + Timers.masterDown(turn.router, interval, Optional.empty()) + 2 * interval;
        leaveOffice(turn, transfer, backAt, Optional.of(new Role.Abstention(Optional.empty(), 0)));
    }

    /** Make before break: this node stays MASTER until it hears the other, which advertises the highest priority. */
    private static void handOverTo(Turn turn, Event.HandOverTo order) {
        if (refusesHandover(turn)) {
            return;
        }
        long deadline = turn.now + Timers.transfer(turn.router.settings);
        turn.set(master(turn).with(Optional.of(new Role.Transfer(
                Optional.of(order.target()),
                Role.Purpose.HANDOVER,
                order.reason(),
                turn.now,
                turn.now + Timers.REPEAT,
                deadline))));
        advertise(turn);
        turn.act(new Action.Order(order.target()));
    }

    /** A node that is alone stays; one that is about to stop, or to stand aside, looks for a successor already. */
    private static boolean refusesHandover(Turn turn) {
        if (turn.router.settings.peers().isEmpty()) {
            turn.act(new Action.HandoverRefused("there is no other node to hand over to"));
            return true;
        }
        boolean leaving = master(turn).transfer()
                .filter(t -> t.purpose() != Role.Purpose.HANDOVER)
                .isPresent();
        if (leaving) {
            turn.act(new Action.HandoverRefused(
                    turn.router.settings.node() + " is leaving already and gives the addresses to whoever is next"));
        }
        return leaving;
    }

    /** Ends a suspension that has not found a successor yet. */
    static void resume(Turn turn) {
        if (turn.router.role instanceof Role.Master master
                && master.transfer().filter(t -> t.purpose() == Role.Purpose.SUSPENSION).isPresent()) {
            turn.set(master.with(Optional.<Role.Transfer>empty()));
            advertise(turn);
        }
    }

    private static void watchTheTimers(Turn turn) {
        long now = turn.now;
        if (now >= master(turn).advertiseAt()) {
            advertise(turn);
        }
        if (now >= master(turn).renewAt()) {
            turn.act(new Action.RenewLease());
            turn.set(master(turn).withRenewAt(now + Timers.RENEW));
        }
        if (now >= master(turn).announcements().next()) {
            turn.act(new Action.Announce(master(turn).announcements().times(now)));
            turn.set(master(turn).with(master(turn).announcements().after(turn.router.settings, now)));
        }
        master(turn).transfer().ifPresent(transfer -> watch(turn, transfer));
    }

    private static void watch(Turn turn, Role.Transfer transfer) {
        if (turn.now < transfer.deadline()) {
            if (turn.now >= transfer.repeatAt()) {
                turn.act(transfer.target().<Action>map(Action.Order::new).orElseGet(Action.Yield::new));
                turn.set(master(turn).with(Optional.of(transfer.repeatedAt(turn.now + Timers.REPEAT))));
            }
        } else if (transfer.target().isPresent()) {
            turn.set(master(turn).with(Optional.<Role.Transfer>empty()));
        } else {
            giveUpWaiting(turn, transfer);
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
