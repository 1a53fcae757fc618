package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.BootClock;
import io.jenkins.plugins.baton.agent.linux.Datagram;
import io.jenkins.plugins.baton.agent.linux.Link;
import io.jenkins.plugins.baton.agent.linux.LinuxException;
import io.jenkins.plugins.baton.agent.linux.NetworkEvent;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The loop: sleeps until the next deadline, packet, kernel event or command, and then looks at them in this order:
 * packets, kernel events, commands, timers. Packets come before timers, because what waits in the socket may say that
 * the master is alive.
 */
final class RouterThread implements Runnable {

    /** A command from outside. */
    interface Command {
        void run(RouterThread thread) throws LinuxException;
    }

    /** Nanoseconds; a watchdog sees by it that the loop is alive. */
    private static final long LONGEST_SLEEP = 1_000_000_000L;

    private final Kernel kernel;
    private final Outbox outbox;
    private final RouterListener listener;
    private final Punctuality punctuality = new Punctuality();
    private final Thread thread = new Thread(this, "vrrp");
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final Map<Segment.Place, Segment> segments = new HashMap<>();
    private final Map<String, RunningRouter> routers = new LinkedHashMap<>();
    private boolean prepared = true;
    private boolean ended;
    private volatile List<RunningRouter> published = List.of();

    private RouterThread(Kernel kernel, Outbox outbox, RouterListener listener) {
        this.kernel = kernel;
        this.outbox = outbox;
        this.listener = listener;
    }

    static RouterThread start(RouterListener listener) throws LinuxException {
        RouterThread loop = new RouterThread(Kernel.open(), Outbox.open(), listener);
        loop.thread.start();
        return loop;
    }

    /** Any thread. */
    Punctuality punctuality() {
        return punctuality;
    }

    /** Any other thread. Returns whether the loop ended within the timeout. */
    boolean stop(Duration timeout) {
        post(loop -> loop.end("the agent stops"));
        try {
            thread.join(Math.max(1, timeout.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Any thread. */
    void post(Command command) {
        commands.add(command);
        kernel.commands().signal();
    }

    /** Any thread. */
    List<RunningRouter> routers() {
        return published;
    }

    @Override
    public void run() {
        try {
            punctuality.arrange(sentence -> outbox.post(() -> listener.warned(sentence)));
            while (!ended) {
                sleepAndWork();
            }
        } catch (LinuxException | RuntimeException | Error e) {
            end("the VRRP thread failed");
            outbox.post(() -> listener.died(e));
        } finally {
            kernel.close();
            outbox.close();
        }
    }

    private void sleepAndWork() throws LinuxException {
        long deadline = Long.MAX_VALUE;
        for (RunningRouter router : routers.values()) {
            deadline = Math.min(deadline, router.deadline());
        }
        long now = BootClock.nanoTime();
        kernel.poller().await(Math.min(deadline - now, LONGEST_SLEEP));
        now = BootClock.nanoTime();
        punctuality.turned(now);
        if (now >= deadline) {
            punctuality.late(now, now - deadline);
        }
        boolean eventsWait = kernel.poller().isReady(kernel.events());
        for (Segment segment : segments.values()) {
            drain(segment);
        }
        if (eventsWait) {
            followEvents();
        }
        kernel.commands().clear();
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            command.run(this);
        }
        long stalls = 0;
        for (RunningRouter router : routers.values()) {
            router.tick(BootClock.nanoTime());
            router.publish();
            stalls += router.stalls();
        }
        punctuality.stalls(stalls);
    }

    /** A socket that fails is replaced: one left in error would wake the loop for ever. */
    private void drain(Segment segment) throws LinuxException {
        try {
            segment.drain(datagram -> deliver(segment, datagram));
        } catch (LinuxException e) {
            outbox.post(() -> listener.warned(e.getMessage() + "; the socket is opened anew"));
            linkIsGone(segment);
            lookUp(segment);
        }
    }

    private void deliver(Segment segment, Datagram datagram) {
        for (RunningRouter router : routers.values()) {
            if (router.segment() == segment) {
                router.receive(datagram);
            }
        }
    }

    private void followEvents() throws LinuxException {
        List<NetworkEvent> events = new ArrayList<>();
        kernel.events().drain(events::add);
        for (NetworkEvent event : events) {
            follow(event);
        }
    }

    private void follow(NetworkEvent event) throws LinuxException {
        if (event instanceof NetworkEvent.LinkChanged changed) {
            for (Segment segment : List.copyOf(segments.values())) {
                linkIs(segment, changed.link());
            }
        } else if (event instanceof NetworkEvent.LinkRemoved removed) {
            segments.values().stream()
                    .filter(s -> isOn(s, removed.link().index()))
                    .forEach(this::linkIsGone);
        } else if (event instanceof NetworkEvent.AddressRemoved removed) {
            routers.values().stream()
                    .filter(r -> isOn(r.segment(), removed.address().linkIndex()))
                    .forEach(r -> r.addressRemoved(removed.address().address()));
        } else if (event instanceof NetworkEvent.EventsLost) {
            for (Segment segment : segments.values()) {
                lookUp(segment);
            }
            for (RunningRouter router : routers.values()) {
                router.eventsLost();
            }
        }
    }

    private void linkIs(Segment segment, Link link) throws LinuxException {
        boolean ours = segment.place().interfaceName().equals(link.name());
        if (!ours && isOn(segment, link.index())) {
            linkIsGone(segment); // renamed
        } else if (ours) {
            segment.linkIs(link);
            tell(segment);
        }
    }

    private void linkIsGone(Segment segment) {
        segment.close();
        tell(segment);
    }

    private void lookUp(Segment segment) throws LinuxException {
        Optional<Link> link = kernel.rtnetlink().link(segment.place().interfaceName());
        if (link.isPresent()) {
            linkIs(segment, link.get());
        } else {
            linkIsGone(segment);
        }
    }

    private void tell(Segment segment) {
        routers.values().stream().filter(r -> r.segment() == segment).forEach(RunningRouter::linkChanged);
    }

    private static boolean isOn(Segment segment, int linkIndex) {
        return segment.link().map(l -> l.index() == linkIndex).orElse(false);
    }

    /** Empty when there is no router of that name. */
    Optional<RunningRouter> router(String name) {
        return Optional.ofNullable(routers.get(name));
    }

    void prepared(boolean yes) {
        prepared = yes;
        routers.values().forEach(router -> router.handle(new Event.Prepared(yes)));
    }

    void peerLost(String node) {
        for (RunningRouter router : routers.values()) {
            router.peer(node).ifPresent(p -> router.handle(new Event.PeerLost(p)));
        }
    }

    /** Makes the running routers those of the cluster file. */
    void load(Cluster cluster, Node self) throws LinuxException {
        Map<String, VirtualRouter> wanted = new LinkedHashMap<>();
        cluster.virtualRouters().forEach(v -> wanted.put(v.name(), v));
        for (RunningRouter router : List.copyOf(routers.values())) {
            VirtualRouter next = wanted.get(router.configuration().name());
            if (next == null || !isSame(router, next, self)) {
                router.handle(new Event.Stopped(next == null ? "no longer in the cluster file" : "its identity changed"));
                router.publish();
                routers.remove(router.configuration().name());
            }
        }
        for (VirtualRouter configuration : wanted.values()) {
            Settings settings = Settings.of(cluster, self, configuration);
            RunningRouter running = routers.get(configuration.name());
            if (running != null) {
                running.reconfigure(configuration, settings);
            } else {
                start(configuration, settings, self);
            }
        }
        closeUnusedSegments();
        published = wanted.keySet().stream().map(routers::get).toList();
    }

    private void start(VirtualRouter configuration, Settings settings, Node self) throws LinuxException {
        Segment.Place place = new Segment.Place(configuration.interfaceOn(self), configuration.isIpv6());
        Segment segment = segments.get(place);
        if (segment == null) {
            segment = new Segment(place, kernel.poller());
            segments.put(place, segment);
            lookUp(segment);
        }
        RunningRouter router = new RunningRouter(kernel, segment, outbox, listener, configuration, settings);
        routers.put(configuration.name(), router);
        router.start();
        router.handle(new Event.Prepared(prepared));
    }

    /** Whether the addresses may stay where they are while the router changes to this configuration. */
    private static boolean isSame(RunningRouter router, VirtualRouter next, Node self) {
        VirtualRouter present = router.configuration();
        return present.virtualRouterId() == next.virtualRouterId()
                && present.version() == next.version()
                && present.addresses().equals(next.addresses())
                && present.unicast() == next.unicast()
                && router.segment().place().interfaceName().equals(next.interfaceOn(self));
    }

    private void closeUnusedSegments() {
        segments.values().removeIf(segment -> {
            boolean unused = routers.values().stream().noneMatch(r -> r.segment() == segment);
            if (unused) {
                segment.close();
            }
            return unused;
        });
    }

    /** Releases all addresses; the loop ends. Does nothing the second time. */
    void end(String reason) {
        ended = true;
        for (RunningRouter router : routers.values()) {
            try {
                router.handle(new Event.Stopped(reason));
                router.publish();
            } catch (RuntimeException e) { // what ended the thread may do so again; the others still say farewell
                outbox.post(() -> listener.warned("virtual router " + router.configuration().name()
                        + " did not end well (" + e + "); the kernel removes its addresses by itself within 3 s"));
            }
        }
        segments.values().forEach(Segment::close);
    }
}
