package io.jenkins.plugins.baton.agent.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One step under way: collects what changes and what is to be done. Lives and dies inside {@link StateMachine}. */
final class Turn {
    private final List<Action> actions = new ArrayList<>();
    final long now;
    Router router;

    Turn(Router router, long now) {
        this.router = router;
        this.now = now;
    }

    Step end() {
        set(router.settings, router.conditions, router.role, router.holding, router.owner, now);
        return new Step(router, actions);
    }

    void act(Action action) {
        actions.add(action);
    }

    void set(Role role) {
        set(router.settings, router.conditions, role, router.holding, router.owner, router.steppedAt);
    }

    void set(Conditions conditions) {
        set(router.settings, conditions, router.role, router.holding, router.owner, router.steppedAt);
    }

    void set(Settings settings) {
        set(settings, router.conditions, router.role, router.holding, router.owner, router.steppedAt);
    }

    void setHolding(boolean holding) {
        set(router.settings, router.conditions, router.role, holding, router.owner, router.steppedAt);
    }

    private void setOwner(Optional<Owner> owner) {
        set(router.settings, router.conditions, router.role, router.holding, owner, router.steppedAt);
    }

    private void set(
            Settings settings, Conditions conditions, Role role, boolean holding, Optional<Owner> owner, long stepped) {
        router = new Router(settings, conditions, role, holding, owner, stepped);
    }

    /** Remembers whose advert was heard; a leaving master is forgotten. */
    void note(Event.Heard heard) {
        Advertisement advert = heard.advert();
        if (advert.priority() == 0) {
            forgetOwner();
        } else {
            long gone = now + Timers.masterDown(router, advert.intervalNanos(), Optional.of(heard.sender()));
            setOwner(Optional.of(new Owner(heard.sender(), advert.priority(), advert.intervalNanos(), gone)));
        }
    }

    void forgetOwner() {
        setOwner(Optional.empty());
    }

    Optional<Peer> owner() {
        return router.owner.map(Owner::peer);
    }

    /** Begins to listen, not knowing who is there: at the start, after a FAULT, after a pause. */
    void listen(long courtesy, String reason) {
        long masterDown = Timers.masterDown(router, router.settings.intervalNanos(), Optional.empty());
        long preemptFrom = now + router.settings.preemptDelayNanos();
        become(
                new Role.Backup(
                        now + masterDown + courtesy, "no master was heard", preemptFrom, Optional.empty(), false),
                reason);
    }

    /** Becomes BACKUP of whoever is, or will be, the new owner. */
    void follow(long masterDownAt, Optional<Role.Abstention> abstention, String reason) {
        become(new Role.Backup(masterDownAt, "no master was heard", now, abstention, false), reason);
    }

    /** Becomes MASTER, in keepalived's order: advert, addresses, announcements. */
    void takeOver(boolean handedOver, String reason) {
        Settings settings = router.settings;
        OptionalInt raisedAt =
                handedOver ? OptionalInt.of(router.conditions.adjustment()) : OptionalInt.empty();
        forgetOwner();
        become(
                new Role.Master(
                        now,
                        now + settings.intervalNanos(),
                        now + Timers.RENEW,
                        Announcements.afterTakeover(settings, now),
                        raisedAt,
                        Optional.empty()),
                reason);
        act(new Action.Advertise(router.effectivePriority()));
        act(new Action.AddAddresses());
        setHolding(true);
        act(new Action.Announce(Announcements.TIMES));
    }

    /** Gives the addresses up and says so on the wire, so that nobody has to wait for silence. */
    void release() {
        removeAddresses();
        if (router.state() == State.MASTER && router.conditions.linkUp()) {
            act(new Action.Advertise(0));
        }
    }

    void removeAddresses() {
        if (router.holding) {
            act(new Action.RemoveAddresses());
            setHolding(false);
        }
    }

    void become(Role role, String reason) {
        State before = router.state();
        set(role);
        if (before != role.state()) {
            act(new Action.Became(before, role.state(), reason));
        }
    }
}
