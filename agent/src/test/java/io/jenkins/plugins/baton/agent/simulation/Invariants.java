package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.RingMember;
import io.jenkins.plugins.baton.agent.router.Conflict;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.jmx.State;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks after everything that happens whether the {@link Invariant}s hold. */
final class Invariants {
    /** How long the consequences of one cause may take at most: the longest timers, one after the other. */
    private static final long SETTLING_NANOS = 15 * World.SECOND;

    /** The lease of 2 s, and the second by which the kernel's timer may be late. */
    private static final long MAX_LEASE = 3 * World.SECOND + 10 * World.MILLISECOND;

    /** Events of the kernel, and the moment until the address is off. */
    private static final long ADDRESSLESS_GRACE = 50 * World.MILLISECOND;

    /** Half a second, the answer, and the change of the rules. */
    private static final long HEARING = 550 * World.MILLISECOND;

    /** As {@code Adoption} has it, less what the agent's clock may be fast. */
    private static final long ADOPTION = 2_900 * World.MILLISECOND;

    /** Until the rules are changed. */
    private static final long DRAIN_GRACE = 100 * World.MILLISECOND;

    private static final long REPORT_TIMEOUT = 3 * World.SECOND;

    /** In a second, of seven nodes. */
    private static final int MAX_HAPPENINGS = 50_000;

    /** An operator's order to an agent. */
    private record Drain(Agent agent, long at) {}

    private final World world;
    private final Set<Invariant> armed = EnumSet.allOf(Invariant.class);
    /** Since when a node that could hold the addresses hears no MASTER. */
    private final Map<Machine, Long> alone = new HashMap<>();

    private final Map<Machine, Long> withoutVip = new HashMap<>();
    private final Map<Machine, Long> unattended = new HashMap<>();
    private final Map<Long, Long> together = new HashMap<>();
    private final Map<String, Drain> drained = new HashMap<>();
    private int transitions;
    private long second;
    private int happenings;
    private boolean lossy;
    private long lossyAt = -10 * World.SECOND;
    private boolean onlyStrangers;

    Invariants(World world) {
        this.world = world;
    }

    /** From now on nothing but strangers comes. */
    void onlyStrangers() {
        onlyStrangers = true;
    }

    void without(Invariant invariant) {
        armed.remove(invariant);
    }

    private void require(Invariant invariant, boolean holds, String what) {
        if (!holds && armed.contains(invariant)) {
            world.note("INVARIANT", invariant + ": " + what);
            throw new AssertionError(invariant + ": " + what);
        }
    }

    void check() {
        List<Machine> masters = world.masters();
        if (masters.size() > 1) {
            masters.forEach(
                    a -> masters.stream().filter(b -> b.index > a.index).forEach(b -> notTogetherForLong(a, b)));
        } else {
            together.clear();
        }
        int changes = 0;
        for (Machine machine : world.machines) {
            notAloneForLong(machine, masters);
            leaseOf(machine);
            addressOf(machine);
            changes += machine.agent().map(Agent::transitions).orElse(0);
        }
        if (changes > transitions) {
            require(
                    Invariant.NO_FLAP,
                    world.now() - world.causedAt() < SETTLING_NANOS,
                    "a change of state, and nothing has happened for " + millis(world.now() - world.causedAt()));
        }
        require(
                Invariant.STRANGERS_MOVE_NOTHING,
                !onlyStrangers || changes <= transitions,
                "a change of state, and there were strangers alone");
        transitions = changes;
        lossyAt = world.lan.isDisturbed() ? world.now() : lossyAt;
        if (world.lan.isDisturbed() && !lossy) {
            lossy = true;
            excuseAll("frames were lost");
        } else if (!world.lan.isDisturbed()) {
            lossy = false;
        }
    }

    /** Something is about to happen. */
    void happened(long at) {
        if (at / World.SECOND != second) {
            second = at / World.SECOND;
            happenings = 0;
        }
        require(
                Invariant.NO_BUSY_LOOP,
                ++happenings < MAX_HAPPENINGS,
                "more happens in one second than there is to do");
    }

    private static String millis(long nanos) {
        return nanos / World.MILLISECOND + " ms";
    }

    /** Whether each hears that the other is MASTER: by adverts, or by the peer link. */
    private boolean hear(Machine a, Machine b) {
        return world.lan.connects(a, b) && (advertsPass(a, b) && advertsPass(b, a) || world.peerLinks.isUp(a, b));
    }

    private static boolean advertsPass(Machine from, Machine to) {
        return !from.sendsNoAdverts && !to.hearsNoAdverts;
    }

    private void notTogetherForLong(Machine a, Machine b) {
        long pair = a.index * 100L + b.index;
        if (!hear(a, b)) {
            together.put(pair, world.now());
            return;
        }
        long hidden = Math.max(
                Math.max(a.firewallAt, b.firewallAt),
                Math.max(world.lan.disturbedAt(a, b), world.lan.disturbedAt(b, a)));
        long since = Math.max(
                Math.max(hidden, together.getOrDefault(pair, 0L)),
                Math.max(
                        a.agent().orElseThrow().masterSince(),
                        b.agent().orElseThrow().masterSince()));
        long interval = world.longestInterval();
        boolean byAdverts = advertsPass(a, b) && advertsPass(b, a);
        // An advert and its answer; a question over the peer link that is not answered; without adverts what
        // PacketVerifier
        // waits until it asks.
        long allowed = interval
                + 2 * Math.max(interval / 5, world.lan.maxDelay())
                + 310 * World.MILLISECOND
                + (byAdverts ? 0 : Math.max(500 * World.MILLISECOND, 3 * interval) + 2 * interval);
        require(
                Invariant.ONE_HOLDER,
                world.now() - since < allowed,
                a + " and " + b + " have been MASTER together for " + millis(world.now() - since));
    }

    private void notAloneForLong(Machine machine, List<Machine> masters) {
        boolean fit = machine.isAwake()
                && machine.isNumbered()
                && !machine.agent().orElseThrow().isLeaving()
                && machine.agent().orElseThrow().state() == State.BACKUP
                && !machine.sendsNoAdverts
                && !machine.agent().orElseThrow().isSuspended();
        if (!fit || masters.stream().anyMatch(master -> world.lan.carries(master, machine))) {
            alone.remove(machine);
            return;
        }
        Agent agent = machine.agent().orElseThrow();
        long since = Math.max(agent.startedAt(), alone.computeIfAbsent(machine, m -> world.now()));
        require(
                Invariant.A_HOLDER,
                world.now() - since < patience(agent.election().settings()),
                machine + " hears no MASTER, and is none, for " + millis(world.now() - since));
    }

    /**
     * RFC 9568's three intervals and skew; a sixteenth for each better node; two seconds after a start; one and a half intervals
     * of a BACKUP that was asleep itself; two of one that gave the addresses away.
     */
    private long patience(Settings settings) {
        long interval = world.longestInterval();
        long skew = settings.version() == 2 ? World.SECOND : interval;
        return 3 * interval
                + skew
                + settings.peers().size() * interval / 16
                + 2 * World.SECOND
                + interval * 7 / 2
                + world.lan.maxDelay()
                + 310 * World.MILLISECOND;
    }

    private void leaseOf(Machine machine) {
        boolean master = machine.isAwake() && machine.agent().orElseThrow().state() == State.MASTER;
        if (master && !machine.hasVip()) {
            long since = withoutVip.computeIfAbsent(machine, m -> world.now());
            require(
                    Invariant.LEASE_RENEWED,
                    world.now() - since < ADDRESSLESS_GRACE,
                    machine + " is MASTER, and has not had the VIP for " + millis(world.now() - since));
        } else {
            withoutVip.remove(machine);
        }
        if (!machine.isAwake() && !machine.isStopped() && machine.hasVip()) {
            long since = unattended.computeIfAbsent(machine, m -> world.now());
            require(
                    Invariant.LEASE_ENDS,
                    world.now() - since < MAX_LEASE,
                    machine + " has had the VIP without an agent for " + millis(world.now() - since));
        } else {
            unattended.remove(machine);
        }
    }

    /** The kernel takes the VIP away because nobody has renewed it. */
    void leaseExpired(Machine machine) {
        Optional<Agent> agent = machine.agent().filter(a -> machine.isAwake());
        boolean ofMaster = agent.isPresent()
                && agent.get().state() == State.MASTER
                && world.now() - agent.get().masterSince() > World.SECOND;
        require(Invariant.LEASE_RENEWED, !ofMaster, machine + " is MASTER, and let the lease of the VIP run out");
    }

    private void addressOf(Machine machine) {
        boolean late = machine.lostAddressAt() >= 0
                && world.now() - machine.lostAddressAt() > ADDRESSLESS_GRACE
                && machine.isAwake()
                && world.now() - machine.agent().orElseThrow().masterSince() > ADDRESSLESS_GRACE;
        require(
                Invariant.ADDRESSLESS_HOLDS_NOTHING,
                !late || !machine.hasVip(),
                machine + " has the VIP, and has had no address or carrier for "
                        + millis(world.now() - machine.lostAddressAt()));
    }

    // Connections.

    /** Why a connection may be lost from its beginning. */
    Optional<String> excuse(Client.Connection connection) {
        if (lossy || !connection.home.isNumbered()) {
            return Optional.of(lossy ? "frames are lost" : connection.home + " has no address");
        }
        return excuseOf(connection.home);
    }

    private void excuseAll(String why) {
        world.clients.forEach(client -> world.machines.forEach(machine -> client.excuse(machine, why)));
    }

    /**
     * A host that another one cannot reach counts as lost for it; unless that one must take itself for the one that is cut off.
     */
    private Optional<String> excuseOf(Machine home) {
        for (Machine other : world.machines) {
            if (other != home && other.isOn() && !world.lan.connects(other, home) && !isMinority(other)) {
                return Optional.of(other + " cannot reach " + home);
            }
        }
        return Optional.empty();
    }

    /** Where the network works in one direction alone, adverts may be heard of nodes that cannot be reached. */
    private boolean isMinority(Machine machine) {
        long heard = world.machines.stream()
                .filter(other -> other != machine && world.lan.carries(other, machine))
                .count();
        return 2 * (1 + heard) < world.machines.size();
    }

    /** The network changed: connections of hosts that others cannot reach now may be lost. */
    void networkChanged() {
        for (Machine home : world.machines) {
            excuseOf(home).ifPresent(why -> world.clients.forEach(client -> client.excuse(home, why)));
        }
    }

    void lost(Client.Connection connection, String how) {
        require(
                Invariant.NO_CONNECTION_LOST,
                connection.isExcused() || isSecondFailure(connection.home) || isUnheardOf(connection.home),
                "a connection of " + connection.client + " to the backend on " + connection.home + ", slot "
                        + connection.slot + ", " + how);
    }

    /**
     * A second failure during the first: its host is just back; an agent ended, or stands still, while its rules did not have that host; a host was
     * away when that one came back.
     */
    private boolean isSecondFailure(Machine home) {
        return home.isJustBack()
                || world.machines.stream()
                        .filter(machine -> machine != home && machine.isOn())
                        .anyMatch(machine -> machine.missedReturnOf(home)
                                || (!machine.isAwake() && !hasInRing(machine, home))
                                || (isNewAfterLoss(machine) && !hasInRing(machine, home)));
    }

    /** Nodes that were cut off from a host ask it every half second; until their rules have it again it counts as lost. */
    private boolean isUnheardOf(Machine home) {
        return world.now() - world.lan.changedAt() < HEARING
                && world.machines.stream().anyMatch(machine -> machine != home && !hasInRing(machine, home));
    }

    /** While frames are lost, hosts count as gone that are there; an agent that ends then leaves rules without them. */
    private boolean isNewAfterLoss(Machine machine) {
        return world.now() - lossyAt < 10 * World.SECOND
                && machine.isAwake()
                && world.now() - machine.agent().orElseThrow().startedAt() < 3 * World.SECOND;
    }

    private static boolean hasInRing(Machine machine, Machine home) {
        return machine.rules().view().stream()
                .flatMap(view -> view.frontends().stream())
                .allMatch(frontend -> frontend.members().get(home.index).present());
    }

    /** A node that has not had the addresses up to now takes them. */
    void takes(Machine machine, Agent agent) {
        List<RingMember> members = members(machine.rules().view());
        for (RingMember member : members) {
            Machine other = world.machines.get(members.indexOf(member));
            require(
                    Invariant.MAP_BEFORE_VIP,
                    !member.present() || !agent.hasLost(other),
                    machine + " takes the VIP, and its rules have " + other + ", whose host it has lost");
        }
    }

    /** An agent has brought its rules in step. */
    void rulesChanged(Machine machine, Agent agent) {
        if (world.now() - agent.startedAt() > ADOPTION) {
            return;
        }
        List<RingMember> now = members(machine.rules().view());
        List<RingMember> before = members(agent.adopted());
        for (RingMember member : before) {
            Machine other = world.machines.get(before.indexOf(member));
            require(
                    Invariant.ADOPTED_SHARES_STAY,
                    !member.serving()
                            || now.get(other.index).serving()
                            || agent.hasJudged(other)
                            || !other.isNumbered()
                            || other.isJustBack()
                            || !world.lan.connects(machine, other),
                    machine + " has started, knows nothing new of " + other + ", and sends nothing new there");
        }
    }

    private static List<RingMember> members(Optional<ClusterView> view) {
        return view.stream()
                .flatMap(one -> one.frontends().stream())
                .findFirst()
                .map(KernelFrontend::members)
                .orElse(List.of());
    }

    /** An operator's order, which counts until the agent ends. */
    void drains(Machine machine, Machine backend, boolean yes) {
        String pair = machine + " " + backend;
        if (yes) {
            drained.put(pair, new Drain(machine.agent().orElseThrow(), world.now()));
        } else {
            drained.remove(pair);
        }
    }

    /** A new connection came to a node, which chose a backend. */
    void dispatched(Machine at, Machine backend) {
        Drain drain = drained.get(at + " " + backend);
        require(
                Invariant.DRAIN_IS_HEEDED,
                drain == null
                        || world.now() - drain.at() < DRAIN_GRACE
                        || !at.isAwake()
                        || at.agent().orElseThrow() != drain.agent(),
                at + " sends a new connection to the backend on " + backend + ", which it drained");
    }

    /** An agent goes on after a pause, and has done what was waiting. */
    void wokeUp(Machine machine, long pause, boolean wasMaster, int transitionsBefore) {
        Agent agent = machine.agent().orElseThrow();
        boolean tooLong = pause > 4 * agent.election().settings().intervalNanos();
        require(
                Invariant.SLEEPER_STEPS_DOWN,
                !wasMaster || !tooLong || agent.transitions() > transitionsBefore,
                machine + " was asleep for " + millis(pause) + " and is MASTER as if nothing had been");
    }

    // What must be told.

    /** A stranger sends something that these nodes hear, again and again. */
    void expectReport(Conflict.Kind kind, List<Machine> hearers) {
        if (!onlyStrangers) {
            return; // where other things happen, who can know of a forgery depends on them
        }
        for (Machine machine : hearers) {
            Optional<Agent> agent = machine.agent();
            long at = world.now();
            world.in(REPORT_TIMEOUT, () -> {
                boolean same = agent.isPresent() && machine.agent().equals(agent) && machine.isAwake();
                boolean calm = world.causedAt() <= at;
                require(
                        Invariant.STRANGERS_ARE_REPORTED,
                        !same || !calm || agent.get().reported().contains(kind),
                        machine + " has not reported " + kind);
            });
        }
    }

    void configurations(Set<Settings> written) {
        for (Machine machine : world.machines) {
            require(
                    Invariant.CONFIGURATION_WAS_WRITTEN,
                    machine.agent().isEmpty()
                            || written.contains(machine.agent().get().election().settings()),
                    machine + " goes by a file that nobody wrote");
        }
    }
}
