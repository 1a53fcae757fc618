package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.jmx.State;
import java.util.Optional;

/** One virtual router on this node, at one moment: the value that {@link StateMachine} steps forward. */
public final class Router {

    static final int HIGHEST = 254;

    /** Of a MASTER that wants to be none: whoever takes over is greater. */
    static final int SEEKING_SUCCESSOR = 1;

    final Settings settings;
    final Conditions conditions;
    final Role role;
    final boolean holding;
    final long departsAt;
    final Optional<Holder> holder;
    final long steppedAt;

    /**
     * @param holding whether the addresses are on the interface, as far as this router put or found them there
     * @param departsAt when they are taken off, because another node has them; {@link Role#NEVER} when they stay
     * @param holder the peer last heard as MASTER
     * @param steppedAt when this value came to be
     */
    Router(
            Settings settings,
            Conditions conditions,
            Role role,
            boolean holding,
            long departsAt,
            Optional<Holder> holder,
            long steppedAt) {
        this.settings = settings;
        this.conditions = conditions;
        this.role = role;
        this.holding = holding;
        this.departsAt = departsAt;
        this.holder = holder;
        this.steppedAt = steppedAt;
    }

    /** A router that has not started. */
    public static Router initial(Settings settings, long now) {
        return new Router(
                settings, Conditions.UNKNOWN, new Role.Initialize(), false, Role.NEVER, Optional.empty(), now);
    }

    public State state() {
        return role.state();
    }

    public Settings settings() {
        return settings;
    }

    /** The name of the node that holds the addresses, as far as this node knows. */
    public Optional<String> holderName() {
        return state() == State.MASTER
                ? Optional.of(settings.node())
                : holder.map(o -> o.peer().name());
    }

    /**
     * What this node advertises as MASTER, 1..254: after tracked checks, or the highest one after a handover to it. While
     * it hands over to a named peer it leaves the highest one to that peer: two equal ones would be decided by address.
     * While it looks for any successor it is the lowest, at which keepalived takes over too.
     */
    public int effectivePriority() {
        if (!(role instanceof Role.Master master)) {
            return ownPriority();
        }
        if (master.isSeekingSuccessor()) {
            return SEEKING_SUCCESSOR;
        }
        int priority = master.raisedAt().isPresent() ? HIGHEST : ownPriority();
        return master.transfer().isPresent() ? Math.min(priority, HIGHEST - 1) : priority;
    }

    /**
     * Whether a packet, were it forged, moves nothing: a MASTER that stays tells the neighbours that it is here when it hears
     * a weaker one. After a partition that must not wait until the peer link has recovered.
     */
    public boolean isHarmless(Event packet) {
        return packet instanceof Event.Heard heard
                && role instanceof Role.Master master
                && master.transfer().isEmpty()
                && heard.advert().priority() > 0
                && heard.advert().priority() < effectivePriority();
    }

    /** Whether this router has ended: not MASTER, and nothing left to take off. */
    public boolean isOver() {
        return state() == State.INITIALIZE && departsAt == Role.NEVER;
    }

    public boolean suspended() {
        return conditions.suspended().isPresent();
    }

    /**
     * When {@link Event.Tick} is due at the latest. BACKUP and MASTER are stepped at least once an interval, and a little: a
     * longer silence then means that this process, and not the network, was asleep. A BACKUP is stepped by each advert, and
     * an eighth of an interval later by itself.
     */
    public long deadline() {
        long own = Math.min(role.deadline(), holder.isPresent() ? holder.get().until() : Role.NEVER);
        own = Math.min(own, departsAt);
        long interval = settings.intervalNanos();
        return switch (state()) {
            case MASTER -> Math.min(own, steppedAt + interval);
            case BACKUP -> Math.min(own, steppedAt + Timers.backupTick(settings));
            default -> own;
        };
    }

    /**
     * How long after it was decided an action of a MASTER may still be carried out. Later it must not be: the peers may
     * have chosen another, and the next step will see that and demote this node.
     */
    public long safeSilenceNanos() {
        return Timers.safeSilence(settings);
    }

    /** The priority by the file and the tracked checks. */
    int ownPriority() {
        return Math.max(1, Math.min(HIGHEST, settings.priority() + conditions.adjustment()));
    }

    /** Peers that may come before this node in an election, other than the one that is leaving. */
    int higherRanked(Optional<Peer> leaving) {
        // For each advert: without a stream, which the first compiler does not see through.
        int higher = 0;
        for (Peer peer : settings.peers()) {
            boolean leaves = leaving.isPresent() && leaving.get().equals(peer);
            higher += peer.priority() >= ownPriority() && !leaves ? 1 : 0;
        }
        return higher;
    }

    @Override
    public String toString() {
        return "Router[" + settings.node() + " " + role + " holding=" + holding + " departsAt=" + departsAt + " holder="
                + holder + " " + conditions + " steppedAt=" + steppedAt + "]";
    }
}
