package io.jenkins.plugins.baton.agent.vrrp.simulation;

import io.jenkins.plugins.baton.agent.vrrp.Action;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Router;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.StateMachine;
import io.jenkins.plugins.baton.agent.vrrp.Step;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Group;
import io.jenkins.plugins.baton.jmx.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** One node: a router, a clock of its own that may run fast or slow, and a thread that can be paused or killed. */
final class Host {
    private final World world;
    private final Settings settings;
    private final Group group;
    private final long clockOffset;
    private final double clockRate;
    private final Queue<World.Packet> unread = new ArrayDeque<>();
    private final List<String> transitions = new ArrayList<>();
    private Optional<Router> router = Optional.empty();
    private boolean paused;
    private boolean holding;
    private boolean plain;
    private boolean leaving;
    private long alarm;
    private int transitionsEver;
    private long masterSince;
    private long announcedAt;
    private long startedAt;
    private long releasedAt;

    Host(World world, Settings settings) {
        this.world = world;
        this.settings = settings;
        this.group = new Group(
                51,
                settings.version(),
                settings.intervalNanos(),
                List.of(settings.address()),
                Advertisement.Trailer.NONE,
                false);
        this.clockOffset = (long) (world.random.nextDouble() * 1e12);
        this.clockRate = 1 + (world.random.nextDouble() - 0.5) * 0.002;
    }

    State state() {
        return router.map(Router::state).orElse(State.INITIALIZE);
    }

    Optional<Router> router() {
        return router;
    }

    Settings settings() {
        return settings;
    }

    boolean isAwake() {
        return router.isPresent() && !paused;
    }

    boolean isLeaving() {
        return leaving;
    }

    boolean isPaused() {
        return paused;
    }

    /** When this host last became MASTER, or woke up as one. */
    long masterSince() {
        return masterSince;
    }

    long startedAt() {
        return startedAt;
    }

    /** When this host last told the neighbours that the addresses are here. */
    long announcedAt() {
        return announcedAt;
    }

    /** When this host last took the addresses off. */
    long releasedAt() {
        return releasedAt;
    }

    /** Changes of state as {@code BEFORE>AFTER}, since the last {@link #forgetTransitions}. */
    List<String> transitions() {
        return transitions;
    }

    int transitionsEver() {
        return transitionsEver;
    }

    void forgetTransitions() {
        transitions.clear();
    }

    void start() {
        world.cause(this, "starts");
        startedAt = world.now();
        router = Optional.of(Router.initial(settings, clock()));
        unread.clear();
        leaving = false;
        happen(new Event.Started(Optional.empty(), holding));
    }

    /** As by {@code kill -9}. The kernel takes the addresses away later; until then they are left over. */
    void crash() {
        world.cause(this, "crashes");
        router = Optional.empty();
        paused = false;
        alarm++;
    }

    /** As by SIGTERM: the process ends when its router has. */
    void stop() {
        leaving = true;
        order(new Event.Leave("told to"));
    }

    /** Understands no packets of our own, as other software. */
    void bePlain() {
        plain = true;
    }

    boolean isHolding() {
        return holding;
    }

    void pause() {
        world.cause(this, "is paused");
        paused = true;
    }

    void wake() {
        world.cause(this, "goes on");
        paused = false;
        masterSince = world.now();
        readAll();
        happen(new Event.Tick());
    }

    void receive(World.Packet packet) {
        if (router.isPresent()) {
            unread.add(packet);
            if (!paused) {
                readAll();
            }
        }
    }

    /** Somebody, or something outside of the election, tells it so. */
    void order(Event event) {
        world.cause(this, event);
        happen(event);
    }

    private void happen(Event event) {
        if (router.isEmpty()) {
            return;
        }
        Step step = StateMachine.step(router.get(), event, clock());
        router = Optional.of(step.router());
        step.actions().forEach(this::perform);
        if (leaving && step.router().isOver()) {
            router = Optional.empty();
            alarm++;
        } else {
            schedule();
        }
    }

    Peer asPeer() {
        return new Peer(settings.node(), settings.address(), settings.priority());
    }

    private void readAll() {
        for (World.Packet packet = unread.poll(); packet != null; packet = unread.poll()) {
            Peer sender = packet.from().asPeer();
            if (packet.advert().type() == Advertisement.Type.ADVERTISEMENT) {
                happen(new Event.Heard(sender, packet.advert()));
            } else if (!plain) {
                happen(
                        packet.advert().priority() == 0
                                ? new Event.TakeoverRequested(sender)
                                : new Event.TakeoverOrdered(sender));
            }
        }
    }

    private void perform(Action action) {
        if (!(action instanceof Action.RenewLease) && !(action instanceof Action.Advertise)) {
            world.note(this, action);
        }
        if (action instanceof Action.Advertise advertise) {
            sendToAll(group.packet(Advertisement.Type.ADVERTISEMENT, advertise.priority()));
        } else if (action instanceof Action.TakeoverRequest) {
            sendToAll(group.packet(Advertisement.Type.TAKEOVER_ORDER, 0));
        } else if (action instanceof Action.TakeoverOrder order) {
            Advertisement packet = group.packet(Advertisement.Type.TAKEOVER_ORDER, settings.priority());
            world.hosts.stream()
                    .filter(h -> h.settings.node().equals(order.target().name()))
                    .forEach(h -> world.network.send(new World.Packet(this, packet), h));
        } else if (action instanceof Action.AddAddresses) {
            holding = true;
        } else if (action instanceof Action.Announce) {
            announcedAt = world.now();
        } else if (action instanceof Action.RemoveAddresses) {
            holding = false;
            releasedAt = world.now();
        } else if (action instanceof Action.Became became) {
            transitionsEver++;
            transitions.add(became.before() + ">" + became.after());
            masterSince = world.now();
        }
    }

    private void sendToAll(Advertisement packet) {
        world.hosts.stream().filter(h -> h != this).forEach(h -> world.network.send(new World.Packet(this, packet), h));
    }

    /** Sets the alarm clock to the deadline; the thread is a little late, as threads are. */
    private void schedule() {
        long set = ++alarm;
        long deadline = router.orElseThrow().deadline();
        if (deadline == Long.MAX_VALUE) {
            return;
        }
        long wait = (long) (Math.max(0, deadline - clock()) / clockRate) + 1;
        long late = (long) (world.random.nextDouble() * 200_000);
        world.in(wait + late, () -> {
            if (set == alarm && !paused) {
                happen(new Event.Tick());
            }
        });
    }

    private long clock() {
        return clockOffset + (long) (world.now() * clockRate);
    }

    @Override
    public String toString() {
        return settings.node();
    }
}
