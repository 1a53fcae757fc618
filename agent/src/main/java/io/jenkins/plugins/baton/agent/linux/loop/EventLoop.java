package io.jenkins.plugins.baton.agent.linux.loop;

import io.jenkins.plugins.baton.agent.linux.libc.Epoll;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread over one epoll descriptor. A turn is: wait, tell those to whom something happened, do the tasks that were handed
 * in, then what is due. In steady state it makes no objects. Unless it says otherwise, a method is to be called on the loop's
 * own thread.
 *
 * <p>The election's thread is no such loop: it needs deadlines in nanoseconds, of which {@code epoll_wait(2)} knows
 * milliseconds, and takes sockets out of its wait and back without system calls. It has a
 * {@link io.jenkins.plugins.baton.agent.linux.libc.Poller}.
 */
public final class EventLoop implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int EVENTS_IN_A_TURN = 256;

    private final String name;
    private final WatchTable table = new WatchTable();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Timers timers = new Timers();
    private final ArrayDeque<Watched> again = new ArrayDeque<>();

    private Epoll epoll;
    /** Null before the loop begins. */
    private volatile Wakeup wakeup;

    /** Null before the loop begins. */
    private volatile Thread thread;

    private boolean closing;
    /** Set when the thread does no task any more. */
    private volatile boolean ended;

    private long turn;

    /** @param name of the thread */
    public EventLoop(String name) {
        this.name = name;
    }

    /**
     * Opens the descriptors and starts the thread, unless that was done. Any thread.
     *
     * @throws LinuxException when there are too few descriptors; it may be tried again
     */
    public synchronized void begin() throws LinuxException {
        if (thread != null) {
            return;
        }
        Wakeup opened = Wakeup.open();
        try {
            epoll = Epoll.open(EVENTS_IN_A_TURN);
            // Each signal is an event of its own, so none has to be read.
            watch(new Signalled(), opened.descriptor(), Epoll.IN | Epoll.EDGE);
        } catch (LinuxException e) {
            opened.close();
            if (epoll != null) {
                epoll.close();
                epoll = null;
            }
            throw e;
        }
        wakeup = opened;
        Thread started = new Thread(this::run, name);
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    /** That another thread has handed in a task: the turn does it after the events. */
    private static final class Signalled extends Watched {
        @Override
        protected void ready(int events) {}
    }

    /**
     * Has the loop do something later, in the order in which it was handed in. The queue is lock-free. Any thread, once the loop
     * has begun. Nothing that is handed in after {@link #end} is done.
     */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            wakeup.signal();
        }
    }

    /** Something that the kernel may refuse. */
    @FunctionalInterface
    public interface Call {
        void run() throws LinuxException;
    }

    /**
     * Begins if need be, has the loop do something and waits for the result. Any thread but the loop's own.
     *
     * @throws LinuxException of the call, or of {@link #begin}; {@code ESRCH} when the loop has ended, then nothing was done
     */
    public void call(Call call) throws LinuxException {
        begin();
        AwaitedCall awaited = new AwaitedCall(call, new CompletableFuture<>());
        execute(awaited);
        if (ended) {
            refuseCalls(); // nobody else will
        }
        LinuxException failed = awaited.failure().join();
        if (failed != null) {
            throw failed;
        }
    }

    /** @param failure null in it: it was done */
    private record AwaitedCall(Call call, CompletableFuture<LinuxException> failure) implements Runnable {
        @Override
        public void run() {
            try {
                call.run();
                failure.complete(null);
            } catch (LinuxException e) {
                failure.complete(e);
            } catch (RuntimeException | Error e) {
                failure.completeExceptionally(e);
            }
        }
    }

    /** Any thread, once the loop has ended. */
    private void refuseCalls() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            if (task instanceof AwaitedCall awaited) {
                awaited.failure()
                        .complete(new LinuxException("reach thread " + name + ", which has ended", Errno.ESRCH));
            }
        }
    }

    /** Which turn this is. */
    public long turn() {
        return turn;
    }

    /**
     * Tells of events from now on.
     *
     * @param interest bits of {@link Epoll}
     */
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

    /**
     * Does something after this time, and at most a millisecond later when there is nothing else to do.
     *
     * @return for {@link #cancel}
     */
    public Timer schedule(Runnable task, long delay, TimeUnit unit) {
        Timer timer = new Timer(System.nanoTime() + unit.toNanos(delay), task);
        timers.add(timer);
        return timer;
    }

    /** Does nothing for one that was done. */
    public void cancel(Timer timer) {
        timers.remove(timer);
    }

    /** Ends the thread, when it has begun, after the tasks that were handed in before. Does not wait. Any thread. */
    public void end() {
        if (thread != null) {
            execute(() -> closing = true);
        }
    }

    /**
     * As {@link #end}, and waits: not for the loop's own thread.
     *
     * @param last what the loop does at its end; nothing when it has not begun
     */
    public void close(Runnable last) {
        Thread running = thread;
        if (running == null) {
            return;
        }
        execute(last);
        end();
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                turn++;
                int count = epoll.await(waitMillis());
                for (int i = 0; i < count; i++) {
                    Watched member = table.find(epoll.number(i));
                    if (member != null) {
                        tell(member, epoll.events(i));
                    }
                }
                doTasks();
                if (!closing) {
                    tellAgain();
                    doDue();
                }
            }
        } catch (LinuxException e) {
            LOG.error("{} ends: {}", name, e.getMessage());
        } finally {
            wakeup.close();
            epoll.close();
            ended = true;
            refuseCalls();
        }
    }

    private int waitMillis() {
        return again.isEmpty() && tasks.isEmpty() ? timers.waitMillis(System.nanoTime()) : 0;
    }

    private void doTasks() {
        while (!closing && !tasks.isEmpty()) {
            attempt(tasks.remove());
        }
    }

    private void tellAgain() {
        for (int i = again.size(); i > 0; i--) {
            Watched member = again.remove();
            member.queued = false;
            tell(member, 0);
        }
    }

    private void doDue() {
        for (Timer due = timers.takeDue(System.nanoTime()); due != null; due = timers.takeDue(System.nanoTime())) {
            attempt(due.task);
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
}
