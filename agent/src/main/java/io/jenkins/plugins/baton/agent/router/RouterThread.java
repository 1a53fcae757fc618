package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.host.BootClock;
import io.jenkins.plugins.baton.agent.linux.host.Clock;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.NetworkEvent;
import io.jenkins.plugins.baton.agent.router.lateness.TimerAccuracy;
import io.jenkins.plugins.baton.agent.router.notice.DataPlaneNotifier;
import io.jenkins.plugins.baton.agent.router.notice.Outbox;
import io.jenkins.plugins.baton.agent.router.notice.VipTransitionListener;
import io.jenkins.plugins.baton.agent.router.segment.Hosts;
import io.jenkins.plugins.baton.agent.router.segment.KernelHandles;
import io.jenkins.plugins.baton.agent.router.segment.Segment;
import io.jenkins.plugins.baton.agent.router.segment.Segments;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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
    private static final long MAX_SLEEP = 1_000_000_000L;

    /** Who comes later than this to a deadline has missed something in between. */
    private static final long PUNCTUAL = 500_000L;

    private static final long SEGMENT_CHECK_INTERVAL = 500_000_000L;

    private final KernelHandles kernel;
    private final Outbox outbox;
    private final DataPlaneNotifier plane;
    private final RouterContext context;
    private final TimerAccuracy timerAccuracy = new TimerAccuracy();
    private final Thread thread = new Thread(this, "vrrp");
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final AwaitedOrders awaited = new AwaitedOrders();
    private final Segments segments;
    private final RouterSet routers;
    /** When the routers that are leaving must have left; {@link Long#MAX_VALUE} while they stay. */
    private long leaveBy = Long.MAX_VALUE;

    /** When links and addresses are read anew, because the kernel did not tell them; {@link Long#MAX_VALUE} is never. */
    private long checkAt = Long.MAX_VALUE;

    private boolean ended;

    private RouterThread(KernelHandles kernel, Outbox outbox, DataPlaneNotifier plane, RouterListener listener) {
        this.kernel = kernel;
        this.outbox = outbox;
        this.plane = plane;
        Hosts hosts = new Hosts(kernel.poller(), this::hostChanged);
        this.context =
                new RouterContext(Clock.BOOT, kernel.rtnetlink(), kernel.announcer(), hosts, plane, outbox, listener);
        this.segments = new Segments(kernel, hosts, this::linkChanged, context::warn);
        this.routers = new RouterSet(context, kernel.rtnetlink(), segments);
    }

    static RouterThread start(RouterListener listener, VipTransitionListener vipListener) throws LinuxException {
        KernelHandles kernel = KernelHandles.open();
        Outbox outbox = null;
        try {
            outbox = Outbox.open("vrrp-events");
            RouterThread loop = new RouterThread(kernel, outbox, DataPlaneNotifier.open(vipListener), listener);
            loop.thread.start();
            return loop;
        } catch (LinuxException e) {
            if (outbox != null) {
                outbox.close();
            }
            kernel.close();
            throw e;
        }
    }

    /** Any thread. */
    TimerAccuracy timerAccuracy() {
        return timerAccuracy;
    }

    /** Any other thread. Returns whether the loop ended within the timeout. */
    boolean stop(Duration timeout) {
        post(loop -> loop.leave(timeout));
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

    /**
     * Any thread. As {@link #post}, for who waits for the outcome: it is refused when the loop ends before it is known.
     *
     * @param outcome completed by the command, or later
     */
    void order(CompletableFuture<Void> outcome, Command command) {
        awaited.add(outcome);
        post(command);
    }

    /** Any thread may ask it for snapshots. */
    RouterSet routers() {
        return routers;
    }

    @Override
    public void run() {
        try {
            BootClock.askOften();
            timerAccuracy.arrange(context::warn);
            while (!ended) {
                waitAndWork();
            }
        } catch (LinuxException | RuntimeException | Error e) {
            end("the VRRP thread failed");
            context.outbox().post(() -> context.listener().died(e));
        } finally {
            kernel.close();
            plane.close();
            outbox.post(awaited::end); // after the outcomes that are under way there
            outbox.close();
        }
    }

    private void waitAndWork() throws LinuxException {
        long deadline = deadline();
        kernel.poller().await(Math.min(deadline - BootClock.nanoTimeAwake(), MAX_SLEEP));
        long now = BootClock.nanoTime();
        timerAccuracy.turned(now);
        if (now >= deadline) {
            timerAccuracy.late(now, now - deadline);
        }
        // A timer waits for all packets. Where none is due, a second one is told of by the next wait: a read that finds
        // nothing would cost as much.
        boolean all = now >= deadline;
        if (now - deadline > PUNCTUAL) {
            // The thread was held up after its wait had ended: what came meanwhile goes before the timer too.
            kernel.poller().await(0);
        }
        segments.drain(all, routers);
        segments.turn(now);
        followEvents(kernel.poller().isReady(kernel.events()), all, now);
        boolean told = kernel.poller().isReady(kernel.commands());
        if (told) {
            kernel.commands().clear();
            for (Command command = commands.poll(); command != null; command = commands.poll()) {
                command.run(this);
            }
        }
        hosts().turn(now);
        if (hosts().haveMoved()) {
            routers.expect();
        }
        timerAccuracy.stalls(routers.tick(now, told));
        if (leaveBy != Long.MAX_VALUE && (routers.areOver() || BootClock.nanoTimeAwake() >= leaveBy)) {
            end("the agent stops");
        }
    }

    private long deadline() {
        long others = Math.min(leaveBy, Math.min(segments.deadline(), hosts().deadline()));
        return Math.min(Math.min(others, checkAt), routers.deadline());
    }

    /** What the kernel does not tell now is asked again: it must not end the agent. */
    private void followEvents(boolean eventsWait, boolean all, long now) {
        try {
            if (eventsWait) {
                List<NetworkEvent> events = new ArrayList<>();
                kernel.events().drain(all, events::add);
                for (NetworkEvent event : events) {
                    follow(event);
                }
            }
            if (now >= checkAt) {
                follow(new NetworkEvent.EventsLost());
                checkAt = Long.MAX_VALUE;
            }
        } catch (LinuxException e) {
            if (checkAt == Long.MAX_VALUE) {
                context.warn(e.getMessage() + "; trying again");
            }
            checkAt = now + SEGMENT_CHECK_INTERVAL;
        }
    }

    private void follow(NetworkEvent event) throws LinuxException {
        if (event instanceof NetworkEvent.LinkChanged changed) {
            segments.linkChanged(changed.link());
        } else if (event instanceof NetworkEvent.LinkRemoved removed) {
            context.local().linkRemoved(removed.link().index());
            segments.linkRemoved(removed.link());
        } else if (event instanceof NetworkEvent.AddressAdded added) {
            routers.addressAdded(added.address());
        } else if (event instanceof NetworkEvent.AddressRemoved removed) {
            routers.addressRemoved(removed.address());
        } else if (event instanceof NetworkEvent.EventsLost) {
            segments.lookUpAll();
            routers.eventsLost();
        } else {
            throw new IllegalStateException("unknown event: " + event);
        }
    }

    private void linkChanged(Segment segment) {
        routers.on(segment).forEach(RunningRouter::networkChanged);
        hosts().tellAgain();
    }

    private void hostChanged(String node, boolean present) {
        context.plane().hostChanged(node, present);
        context.outbox().post(() -> context.listener().hostChanged(node, present));
    }

    /** Any thread may ask it which hosts are unreachable. */
    Hosts hosts() {
        return context.hosts();
    }

    /** Looks for successors; the loop ends when there are some, and at the latest when half of the time is over. */
    private void leave(Duration timeout) {
        leaveBy = Math.min(leaveBy, BootClock.nanoTime() + timeout.toNanos() / 2);
        routers.handle(new Event.Leave("the agent stops"));
    }

    /** Another node's agent is known to run, or not known to run any more. */
    void agentRuns(String node, boolean runs) {
        if (runs) {
            context.agents().add(node);
        } else {
            context.agents().remove(node);
            routers.unconnected(node);
        }
        routers.expect();
    }

    void sendBy(PeerLinks links) {
        context.statements().sendBy(links);
    }

    /** A peer's agent wants to know what the routers do now, not what they did before this process was asleep. */
    void answer(String node) {
        routers.handle(new Event.Tick());
        context.statements().answer(node);
    }

    /** Releases all addresses; the loop ends. Does nothing the second time. */
    void end(String reason) {
        ended = true;
        routers.end(reason);
        segments.close(segment -> true);
        hosts().linkIsGone();
    }
}
