package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.jmx.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One step under way: collects what changes and what is to be done. Lives and dies inside {@link StateMachine}. */
final class Transition {
    private List<Action> actions = List.of();
    final long now;
    Router router;

    Transition(Router router, long now) {
        this.router = router;
        this.now = now;
    }

    Step end() {
        router = new Router(
                router.settings, router.conditions, router.role, router.holding, router.departsAt, router.holder, now);
        return new Step(router, actions);
    }

    void act(Action action) {
        if (actions.isEmpty()) {
            actions = new ArrayList<>();
        }
        actions.add(action);
    }

    void set(Role role) {
        router = new Router(
                router.settings,
                router.conditions,
                role,
                router.holding,
                router.departsAt,
                router.holder,
                router.steppedAt);
    }

    void set(Conditions conditions) {
        router = new Router(
                router.settings,
                conditions,
                router.role,
                router.holding,
                router.departsAt,
                router.holder,
                router.steppedAt);
    }

    void set(Settings settings) {
        router = new Router(
                settings,
                router.conditions,
                router.role,
                router.holding,
                router.departsAt,
                router.holder,
                router.steppedAt);
    }

    void setHolding(boolean holding) {
        setHolding(holding, Role.NEVER);
    }

    private void setHolding(boolean holding, long departsAt) {
        router = new Router(
                router.settings, router.conditions, router.role, holding, departsAt, router.holder, router.steppedAt);
    }

    private void setHolder(Optional<Holder> holder) {
        router = new Router(
                router.settings,
                router.conditions,
                router.role,
                router.holding,
                router.departsAt,
                holder,
                router.steppedAt);
    }

    /** Remembers whose advert was heard; a leaving master is forgotten. */
    void note(Event.Heard heard) {
        Advertisement advert = heard.advert();
        if (advert.priority() == 0) {
            forgetHolder();
        } else if (advert.priority() > Router.SEEKING_SUCCESSOR || !isKnownOther(heard.sender())) {
            long gone = now + Timers.masterDown(router, advert.intervalNanos(), Optional.of(heard.sender()));
            setHolder(Optional.of(new Holder(heard.sender(), advert.priority(), advert.intervalNanos(), gone)));
        }
    }

    /** Whether another one is MASTER: then who looks for a successor just has not heard it yet. */
    private boolean isKnownOther(Peer sender) {
        return router.holder
                .filter(holder -> now < holder.until() && !holder.peer().equals(sender))
                .isPresent();
    }

    void forgetHolder() {
        setHolder(Optional.empty());
    }

    Optional<Peer> holder() {
        return router.holder.map(Holder::peer);
    }

    /** Begins to listen, not knowing who is there: at the start, after a FAULT, after a pause. */
    void listen(long delay, String reason) {
        long masterDown = Timers.masterDown(router, router.settings.intervalNanos(), Optional.empty());
        long preemptFrom = now + router.settings.preemptDelayNanos();
        become(
                new Role.Backup(
                        now + masterDown + delay,
                        Role.Cause.NOBODY_HEARD,
                        preemptFrom,
                        Optional.empty(),
                        false,
                        Optional.empty()),
                reason);
    }

    /** Becomes BACKUP of whoever is, or will be, the new holder. */
    void follow(long masterDownAt, Optional<Role.PreemptionHold> preemptionHold, String reason) {
        become(
                new Role.Backup(masterDownAt, Role.Cause.NOBODY_HEARD, now, preemptionHold, false, Optional.empty()),
                reason);
    }

    /** Becomes MASTER because the other one is gone, in keepalived's order: advert, addresses, announcements. */
    void succeed(Optional<Peer> predecessor, String reason) {
        beMaster(OptionalInt.empty(), predecessor, Announcements.besideStaleHolder(router.settings, now), reason);
        act(new Action.Advertise(router.effectivePriority()));
        addAddresses(false);
    }

    /**
     * Becomes MASTER while the other one lives: with the addresses in place and announced before the advert, on which the
     * other takes its own off. A node that cannot be heard must find that out before: the neighbours would be told to come
     * here, and the other would never know.
     */
    void takeOver(OptionalInt raisedAt, Optional<Peer> predecessor, String reason) {
        act(new Action.TrySending());
        beMaster(raisedAt, predecessor, Announcements.afterTakeover(router.settings, now), reason);
        addAddresses(true);
        act(new Action.Advertise(router.effectivePriority()));
    }

    private void beMaster(
            OptionalInt raisedAt, Optional<Peer> predecessor, Announcements announcements, String reason) {
        forgetHolder();
        become(
                new Role.Master(
                        now,
                        now + router.settings.intervalNanos(),
                        now + Timers.LEASE_RENEW_INTERVAL,
                        announcements,
                        raisedAt,
                        predecessor.map(p -> new Role.Predecessor(p, now + Timers.staleAdvertAge(router.settings))),
                        Optional.empty()),
                reason);
    }

    private void addAddresses(boolean planned) {
        act(new Action.Taking(planned));
        act(new Action.AddAddresses());
        setHolding(true);
        act(new Action.Announce(Announcements.TIMES));
    }

    /** Gives the addresses up and says so on the wire, so that nobody has to wait for silence. */
    void release() {
        removeAddresses();
        if (router.state() == State.MASTER && router.conditions.canBeHeard()) {
            act(new Action.Advertise(0));
        }
    }

    void removeAddresses() {
        if (router.holding) {
            act(new Action.RemoveAddresses());
            setHolding(false);
        }
    }

    /** Another node has the addresses: takes them off when it has surely announced them. */
    void departSoon() {
        if (router.holding) {
            act(new Action.Releasing());
            setHolding(true, now + Timers.LINGER);
        }
    }

    /** Takes the addresses off when their time has come. */
    void depart() {
        if (now >= router.departsAt) {
            removeAddresses();
        }
    }

    boolean isDeparting() {
        return router.departsAt != Role.NEVER;
    }

    void become(Role role, String reason) {
        State before = router.state();
        set(role);
        if (before != role.state()) {
            act(new Action.Became(before, role.state(), reason));
        }
    }
}
