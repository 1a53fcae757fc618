package io.jenkins.plugins.baton.agent.plane.proxy.loop;

import io.jenkins.plugins.baton.agent.linux.libc.Epoll;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread over one epoll descriptor. A turn is: wait, tell those to whom something happened, do what is due and what other
 * threads have handed in. In steady state it makes no objects. The thread and its descriptors are there from the first
 * {@link #execute} on. Unless it says otherwise, a method is to be called on the loop's own thread.
 */
public final class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int EVENTS_IN_A_TURN = 256;

    private final String name;
    private final WatchTable table = new WatchTable();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Timer.EARLIEST_FIRST);
    private final ArrayDeque<Watched> again = new ArrayDeque<>();

    private Epoll epoll;
    private Wakeup wakeup;
    private Thread thread;
    private boolean closing;
    private long turn;

    private record Timer(long dueNanos, Runnable task) {
        /** By difference: the clock of {@link System#nanoTime} may wrap. */
        static final Comparator<Timer> EARLIEST_FIRST = (a, b) -> Long.signum(a.dueNanos - b.dueNanos);
    }

    /** @param name of the thread */
    public EventLoop(String name) {
        this.name = name;
    }

    /**
     * Has the loop do something soon; any thread may call this. Nothing that is handed in after {@link #close} is done.
     *
     * @throws LinuxException when there are too few descriptors to begin with
     */
    public void execute(Runnable task) throws LinuxException {
        begin();
        tasks.add(task);
        wakeup.signal();
    }

    /** Something that the kernel may refuse. */
    @FunctionalInterface
    public interface Call {
        void run() throws LinuxException;
    }

    /** As {@link #execute}, and waits for the result: not for the loop's own thread. */
    public void call(Call call) throws LinuxException {
        CompletableFuture<LinuxException> failure = new CompletableFuture<>();
        execute(() -> {
            try {
                call.run();
                failure.complete(null);
            } catch (LinuxException e) {
                failure.complete(e);
            } catch (RuntimeException | Error e) {
                failure.completeExceptionally(e);
            }
        });
        LinuxException failed = failure.join();
        if (failed != null) {
            throw failed;
        }
    }

    private synchronized void begin() throws LinuxException {
        if (thread != null) {
            return;
        }
        Wakeup opened = Wakeup.open();
        Bell bell = new Bell();
        try {
            epoll = Epoll.open(EVENTS_IN_A_TURN);
            wakeup = opened;
            watch(bell, wakeup.descriptor(), Epoll.IN);
        } catch (LinuxException e) {
            opened.close();
            throw e;
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Another thread has rung. */
    private final class Bell extends Watched {
        @Override
        protected void ready(int events) {
            wakeup.clear();
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                attempt(task);
            }
        }
    }

    /** Which turn this is. */
    public long turn() {
        return turn;
    }

    /** Tells of events from now on. */
    public void watch(Watched member, int descriptor, int interest) throws LinuxException {
        table.add(member);
        try {
            epoll.add(descriptor, interest, member.number);
        } catch (LinuxException e) {
            table.remove(member);
            throw e;
        }
    }

    /** Tells of no more events of one whose descriptor is going to be closed, and has no copies. */
    public void forget(Watched member) {
        table.remove(member);
    }

    /** As {@link #forget(Watched)}, for a descriptor that stays open or that has copies. */
    public void forget(Watched member, int descriptor) {
        table.remove(member);
        epoll.remove(descriptor);
    }

    /** Calls {@link Watched#ready} once more, without an event, after everybody else has had their turn. */
    public void again(Watched member) {
        if (!member.queued) {
            member.queued = true;
            again.add(member);
        }
    }

    public void schedule(Runnable task, long millis) {
        timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), task));
    }

    /**
     * Ends the thread, when it has begun, and waits for that. Any other thread may call this.
     *
     * @param last what the loop does at its end, after everything that was handed in before
     */
    public void close(Runnable last) {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running == null || !running.isAlive()) {
            return;
        }
        tasks.add(() -> {
            closing = true;
            last.run();
        });
        wakeup.signal();
        try {
            running.join();
            wakeup.close();
            epoll.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            turn++;
            int count = await();
            for (int i = 0; i < count; i++) {
                Watched member = table.find(epoll.number(i));
                if (member != null) {
                    tell(member, epoll.events(i));
                }
            }
            for (int i = again.size(); i > 0; i--) {
                Watched member = again.remove();
                member.queued = false;
                tell(member, 0);
            }
            while (!timers.isEmpty() && timers.peek().dueNanos - System.nanoTime() <= 0) {
                attempt(timers.remove().task);
            }
        }
    }

    private int await() {
        try {
            return epoll.await(again.isEmpty() ? timeoutMillis() : 0);
        } catch (LinuxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The others are told, whatever becomes of this one. */
    private void tell(Watched member, int events) {
        try {
            member.ready(events);
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed in {}", member, name, e);
        }
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{} goes on after a task that failed", name, e);
        }
    }

    /** To the first timer, rounded up; without one, for ever. */
    private int timeoutMillis() {
        Timer first = timers.peek();
        if (first == null) {
            return -1;
        }
        long nanos = first.dueNanos - System.nanoTime();
        return nanos <= 0 ? 0 : (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, Integer.MAX_VALUE);
    }
}
