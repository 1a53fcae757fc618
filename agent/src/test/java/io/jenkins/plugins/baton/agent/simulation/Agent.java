package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.agent.daemon.SimulatedMoves;
import io.jenkins.plugins.baton.agent.handover.LingeringVips;
import io.jenkins.plugins.baton.agent.health.HealthHysteresis;
import io.jenkins.plugins.baton.agent.health.Outcome;
import io.jenkins.plugins.baton.agent.linux.host.Clock;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.peerlink.PeerLinkListener;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.kernel.SimulatedPlane;
import io.jenkins.plugins.baton.agent.plane.kernel.TestFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.router.Conflict;
import io.jenkins.plugins.baton.agent.router.PeerLinks;
import io.jenkins.plugins.baton.agent.router.RouterListener;
import io.jenkins.plugins.baton.agent.router.RouterSnapshot;
import io.jenkins.plugins.baton.agent.router.SimulatedElection;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.State;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** The process on a machine: its election, its rules, its checks, its peer links, put together as the daemon does it. */
final class Agent implements Clock, PeerLinks, PeerLinkListener, RouterListener {
    private static final long LOOK_INTERVAL = 500 * World.MILLISECOND;
    private static final long STOP_TIMEOUT = 1_000 * World.MILLISECOND;

    private final Machine machine;
    private final World world;
    private final long clockOffset;
    private final double clockRate;
    private final SimulatedElection election;
    private final SimulatedPlane plane;
    private final SimulatedMoves moves;
    private final LingeringVips lingering;
    private final TestFrontend frontend;
    private final Timing timing;
    private final List<HealthHysteresis> healths = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Set<Conflict.Kind> reported = EnumSet.noneOf(Conflict.Kind.class);
    private final long startedAt;
    private final Optional<ClusterView> adopted;
    private String stated = "";
    private String advertised = "";
    private boolean paused;
    private long pausedAt;
    private boolean over;
    private boolean leaving;
    private boolean suspended;
    private boolean rulesUnderWay;
    private boolean prepared = true;
    /** When the thread looks next at the latest; it may find that there is nothing to do yet. */
    private long alarmAt;

    private long masterSince;
    private int transitions;

    Agent(Machine machine, Cluster cluster) {
        this.machine = machine;
        this.world = machine.world;
        this.startedAt = world.now();
        this.adopted = machine.rules().view();
        this.clockOffset = world.between(0, 1_000 * World.SECOND);
        this.clockRate = 1 + (world.random.nextDouble() - 0.5) * 0.002;
        Node self = cluster.node(machine.name()).orElseThrow();
        this.frontend = new TestFrontend(cluster.frontends().get(0));
        this.timing = frontend.configuration().check().orElseThrow().timing();
        this.plane = new SimulatedPlane(machine.rules(), this::answeringNodes, this::refresh, this::nanoTime);
        this.lingering = new LingeringVips(machine, Machine.loopback(), new NoProxy(), this);
        this.moves = new SimulatedMoves(plane, lingering);
        this.election = new SimulatedElection(
                new SimulatedElection.Outside(
                        this, machine, (link, vip) -> machine.announce(vip), machine, machine::askWhoHas, moves, this),
                cluster,
                self);
        for (int backend = 0; backend < cluster.nodes().size(); backend++) {
            healths.add(HealthHysteresis.UNKNOWN);
            frontend.set(backend, Health.UNKNOWN);
        }
        plane.apply(cluster, self, frontend);
        advertised = plane.capabilities();
    }

    void start() {
        now(election::start);
        election.sendBy(this);
        world.peerLinks.began(machine);
        world.in(world.between(1, LOOK_INTERVAL), this::look);
        for (int backend = 0; backend < healths.size(); backend++) {
            int which = backend;
            world.in(world.between(0, 50 * World.MILLISECOND), () -> check(which));
        }
    }

    SimulatedElection election() {
        return election;
    }

    State state() {
        return election.state();
    }

    long startedAt() {
        return startedAt;
    }

    /** The rules that it found. */
    Optional<ClusterView> adopted() {
        return adopted;
    }

    /** Whether it was told that the host is not there any more. */
    boolean hasLost(Machine other) {
        return moves.isGone(other.name());
    }

    /** Whether it has a reason of its own to send nothing new to a node. */
    boolean hasJudged(Machine other) {
        BackendView backend = frontend.backends().get(other.index);
        return moves.isJudged(other.name()) || backend.health() == Health.DOWN || backend.drained();
    }

    /** When it last became MASTER, or woke up as one. */
    long masterSince() {
        return masterSince;
    }

    int transitions() {
        return transitions;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isSuspended() {
        return suspended;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** What it has told of strangers. */
    Set<Conflict.Kind> reported() {
        return reported;
    }

    /** What it says of itself, whenever another one connects. */
    String stated() {
        return stated;
    }

    String advertised() {
        return advertised;
    }

    /** Its process is gone. */
    void ended() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    void pause() {
        if (!paused) {
            world.cause(machine, "its agent stands still");
            paused = true;
            pausedAt = world.now();
        }
    }

    void wake() {
        if (paused && !over) {
            world.cause(machine, "its agent goes on");
            boolean wasMaster = state() == State.MASTER;
            int before = transitions;
            paused = false;
            masterSince = world.now();
            for (Runnable work = waiting.poll(); work != null && !over; work = waiting.poll()) {
                work.run();
            }
            turn();
            if (!over) {
                world.invariants.wokeUp(machine, world.now() - pausedAt, wasMaster, before);
            }
        }
    }

    /** An order of an operator, or of the machine. */
    void order(Event event) {
        suspended = event instanceof Event.Suspend || (suspended && !(event instanceof Event.Resume));
        world.cause(machine, event);
        now(() -> election.handle(event));
    }

    void drain(int backend, boolean yes) {
        world.cause(
                machine,
                (yes ? "drains " : "enables ")
                        + frontend.backends().get(backend).name());
        if (yes) {
            frontend.backends().get(backend).drain("test");
        } else {
            frontend.backends().get(backend).enable("test");
        }
        refresh();
    }

    void reload(Cluster cluster) {
        world.cause(machine, "reads the cluster file");
        Node self = cluster.node(machine.name()).orElseThrow();
        plane.apply(cluster, self, frontend);
        now(() -> election.reload(cluster, self));
    }

    /** As by SIGTERM. */
    void stop() {
        if (leaving) {
            return;
        }
        leaving = true;
        world.cause(machine, "its agent is told to stop");
        plane.leave();
        advertise();
        now(() -> election.handle(new Event.Leave("the agent stops")));
        world.in(STOP_TIMEOUT, () -> {
            if (!over) {
                now(() -> election.handle(new Event.Stopped("the agent stops")));
            }
        });
    }

    /** Work for its threads; it waits while the process stands still. */
    void now(Runnable work) {
        if (over) {
            return;
        }
        if (paused) {
            waiting.add(work);
            return;
        }
        work.run();
        turn();
    }

    /** The kernel tells of it in a moment. */
    void later(String what, Runnable work) {
        world.in(world.between(20_000, World.MILLISECOND), () -> now(work));
    }

    private void turn() {
        if (over || paused) {
            return;
        }
        election.turn();
        if (leaving && election.isOver()) {
            lingering.close();
            machine.endAgent("has stopped");
            return;
        }
        long left = election.deadline() - nanoTime();
        if (left > 3_600 * World.SECOND) {
            return;
        }
        long at = world.now() + (long) (Math.max(0, left) / clockRate) + 1 + world.between(0, 200_000);
        if (at < alarmAt || alarmAt <= world.now()) {
            alarmAt = at;
            world.in(at - world.now(), () -> {
                if (alarmAt == at) {
                    alarmAt = 0;
                    turn();
                }
            });
        }
    }

    private void look() {
        if (over) {
            return;
        }
        if (!paused) {
            plane.look();
            world.invariants.rulesChanged(machine, this);
            lingering.renew();
            boolean can = frontend.backends().stream()
                    .anyMatch(backend -> backend.health() == Health.UP || backend.health() == Health.UNKNOWN);
            if (can != prepared) {
                prepared = can;
                now(() -> election.handle(new Event.Prepared(can)));
            }
        }
        world.in(LOOK_INTERVAL, this::look);
    }

    // The plane's thread.

    private void refresh() {
        if (!rulesUnderWay) {
            rulesUnderWay = true;
            world.in(world.between(World.MILLISECOND, 20 * World.MILLISECOND), this::putNow);
        }
    }

    private void putNow() {
        if (rulesUnderWay && !over && !paused) {
            rulesUnderWay = false;
            plane.put();
            world.invariants.rulesChanged(machine, this);
        } else if (paused) {
            waiting.add(this::putNow);
        }
    }

    private Map<String, MacAddress> answeringNodes() {
        Map<String, MacAddress> macs = new HashMap<>();
        for (Machine other : world.machines) {
            if (other != machine && other.isNumbered() && world.lan.connects(machine, other)) {
                macs.put(other.name(), other.mac);
            }
        }
        return macs;
    }

    // Its checks.

    private void check(int backend) {
        if (over) {
            return;
        }
        if (paused) {
            waiting.add(() -> check(backend));
            return;
        }
        Machine server = world.machines.get(backend);
        boolean reached = server == machine
                ? server.backendLives
                : server.isNumbered() && machine.isNumbered() && world.lan.connects(machine, server);
        long took = reached
                ? world.between(100_000, 2 * World.MILLISECOND)
                : timing.timeout().toNanos();
        Outcome.Kind kind = reached && server.backendLives ? Outcome.Kind.PASSED : Outcome.Kind.FAILED;
        world.in(took, () -> now(() -> checked(backend, kind, took)));
    }

    private void checked(int backend, Outcome.Kind kind, long took) {
        HealthHysteresis before = healths.get(backend);
        HealthHysteresis after = before.after(kind, timing, true);
        healths.set(backend, after);
        if (before.health() != after.health()) {
            frontend.set(backend, after.health());
            refresh();
        }
        long pause = (after.contradicted() ? timing.fastInterval() : timing.interval()).toNanos();
        world.in(Math.max(0, pause - took), () -> check(backend));
    }

    // Its clock.

    @Override
    public long nanoTime() {
        return clockOffset + (long) (world.now() * clockRate);
    }

    @Override
    public long nanoTimeAwake() {
        return nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, world.now());
    }

    // What its routers say by the peer links.

    @Override
    public void state(String statements) {
        stated = statements;
        world.peerLinks.tellAll(machine, speech -> speech.state(statements));
    }

    @Override
    public void ask(String node) {
        world.peerLinks.tell(machine, node, speech -> speech.ask());
    }

    @Override
    public void answer(String node, String statements) {
        world.peerLinks.tell(machine, node, speech -> speech.answer(statements));
    }

    private void advertise() {
        advertised = plane.capabilities();
        world.peerLinks.tellAll(machine, speech -> speech.capabilities(advertised));
    }

    // What it hears by them, as PeerAgents passes it on.

    @Override
    public void connected(String node) {
        election.agentRuns(node, true);
    }

    @Override
    public void disconnected(String node) {
        election.agentRuns(node, false);
        moves.disconnected(node);
    }

    @Override
    public void ended(String node) {
        election.peerLost(node);
    }

    @Override
    public void advertised(String node, String capabilities) {
        moves.advertised(node, capabilities);
    }

    @Override
    public void stated(String node, String state, boolean answer) {
        election.stated(node, state, answer);
    }

    @Override
    public void asked(String node) {
        election.asked(node);
    }

    // What it tells its operator.

    @Override
    public void stateChanged(RouterSnapshot before, RouterSnapshot after) {
        world.note(machine, after.state() + ": " + after.stateReason());
        transitions++;
        masterSince = world.now();
    }

    @Override
    public void conflictSeen(String router, Conflict conflict) {
        world.note(machine, conflict.kind() + " reported");
        reported.add(conflict.kind());
    }

    @Override
    public void unheardMaster(String router, String node, boolean unheard, State state) {
        world.note(machine, (unheard ? "does not hear the adverts of " : "hears again the adverts of ") + node);
    }

    @Override
    public void warned(String sentence) {
        world.note(machine, sentence);
    }

    /** No process of this node has connections at the VIP: the kernel's rules lead them past it. */
    private static final class NoProxy implements LingeringVips.HostState {
        @Override
        public boolean hasConnectionAt(InetAddress vip) {
            return false;
        }

        @Override
        public boolean ignoresArpOn(String interfaceName) {
            return true;
        }

        @Override
        public void close() {}
    }
}
