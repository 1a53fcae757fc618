package io.jenkins.plugins.baton.agent.linux.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.libc.Epoll;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopTest {
    private final EventLoop loop = new EventLoop("loop of a test");
    private final List<String> happened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loop.close(() -> happened.add("closed"));
    }

    /** Counts down with each event, and fails afterwards when it is told to. */
    private final class Member extends Watched {
        private final CountDownLatch events;
        private final boolean fails;
        private final Wakeup wakeup = Wakeup.open();

        Member(int events, boolean fails) throws LinuxException {
            this.events = new CountDownLatch(events);
            this.fails = fails;
        }

        @Override
        protected void ready(int bits) {
            wakeup.clear();
            events.countDown();
            if (fails) {
                throw new IllegalStateException("a member that fails");
            }
        }

        void watch() throws LinuxException {
            loop.call(() -> loop.watch(this, wakeup.descriptor(), Epoll.IN | Epoll.EDGE));
        }
    }

    @Test
    void handedInTasksAreDoneInTheirOrder() throws Exception {
        loop.begin();
        loop.execute(() -> happened.add("first"));
        loop.execute(() -> happened.add("second"));
        loop.call(() -> happened.add("third"));
        assertThat(happened).containsExactly("first", "second", "third");
    }

    @Test
    void taskThatFailsDoesNotEndTheLoop() throws Exception {
        loop.begin();
        loop.execute(() -> {
            throw new IllegalStateException("a task that fails");
        });
        loop.call(() -> happened.add("next"));
        assertThat(happened).containsExactly("next");
    }

    @Test
    void refusalReachesTheCaller() {
        assertThatThrownBy(() -> loop.call(() -> loop.watch(new Member(1, false), -1, Epoll.IN)))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("EBADF");
    }

    @Test
    void eachEventReachesItsMemberAndFailuresDoNotEndTheLoop() throws Exception {
        Member fails = new Member(1, true);
        Member works = new Member(1, false);
        fails.watch();
        works.watch();
        fails.wakeup.signal();
        fails.events.await();
        works.wakeup.signal();
        works.events.await();
    }

    @Test
    void forgottenMemberIsToldOfNothing() throws Exception {
        Member member = new Member(1, false);
        member.watch();
        loop.call(() -> loop.forget(member, member.wakeup.descriptor()));
        member.wakeup.signal();
        Member other = new Member(1, false);
        other.watch();
        other.wakeup.signal();
        other.events.await();
        assertThat(member.events.getCount()).isOne();
    }

    @Test
    void memberThatAsksForAnotherTurnGetsOneHoweverOftenItAsks() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        Watched member = new Watched() {
            @Override
            protected void ready(int events) {
                happened.add("turn " + events);
                twice.countDown();
            }
        };
        loop.call(() -> {
            loop.again(member);
            loop.again(member);
            loop.schedule(() -> loop.again(member), 1, TimeUnit.MILLISECONDS);
        });
        twice.await();
        loop.call(() -> happened.add("end"));
        assertThat(happened).containsExactly("turn 0", "turn 0", "end");
    }

    @Test
    void timersRunInTheOrderOfTheirTimesAndCancelledOnesDoNot() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        List<Timer> timers = new ArrayList<>();
        loop.call(() -> {
            timers.add(loop.schedule(() -> happens("later", done), 20, TimeUnit.MILLISECONDS));
            loop.cancel(loop.schedule(() -> happens("cancelled", done), 15, TimeUnit.MILLISECONDS));
            timers.add(loop.schedule(() -> happens("sooner", done), 10, TimeUnit.MILLISECONDS));
        });
        done.await();
        // A thread that stands still between the two makes the second one the later one.
        boolean asMeant = timers.get(1).dueNanos - timers.get(0).dueNanos < 0;
        assertThat(happened).isEqualTo(asMeant ? List.of("sooner", "later") : List.of("later", "sooner"));
    }

    private void happens(String what, CountDownLatch done) {
        happened.add(what);
        done.countDown();
    }

    @Test
    void taskThatTheLoopHandsToItselfIsDoneThoughNobodyWakesIt() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        loop.call(() -> loop.schedule(
                () -> loop.execute(() -> loop.schedule(() -> loop.execute(done::countDown), 0, TimeUnit.SECONDS)),
                1,
                TimeUnit.MILLISECONDS));
        loop.call(() -> loop.execute(done::countDown));
        done.await();
        assertThat(done.getCount()).isZero();
    }

    @Test
    void everyTaskOfManyThreadsIsDone() throws Exception {
        int threads = 4;
        int each = 2000;
        CountDownLatch done = new CountDownLatch(threads * each);
        loop.begin();
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        for (int j = 0; j < each; j++) {
                            loop.execute(done::countDown);
                        }
                    })
                    .start();
        }
        done.await();
        assertThat(done.getCount()).isZero();
    }

    @Test
    void closingDoesWhatWasHandedInBefore() throws Exception {
        loop.begin();
        loop.execute(() -> happened.add("before"));
        close();
        assertThat(happened).containsExactly("before", "closed");
    }

    @Test
    void loopThatWasEndedDoesNothingMore() throws Exception {
        loop.begin();
        loop.execute(() -> happened.add("before"));
        loop.end();
        loop.close(() -> happened.add("after"));
        loop.execute(() -> happened.add("after"));
        assertThat(happened).containsExactly("before");
    }

    @Test
    void nobodyWaitsForALoopThatHasEnded() throws Exception {
        loop.begin();
        loop.close(() -> {});

        assertThatThrownBy(() -> loop.call(() -> happened.add("after")))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("loop of a test, which has ended");
        assertThat(happened).isEmpty();
    }

    @Test
    void callThatTheLoopDidNotGetToIsRefused() throws Exception {
        loop.begin();
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        loop.execute(() -> {
            loop.end();
            ending.countDown();
            awaitUninterrupted(called);
        });
        ending.await();
        // Runs while the loop waits for it, and hands in the call after the end.
        Thread caller = new Thread(() -> {
            try {
                loop.call(() -> happened.add("after"));
            } catch (LinuxException e) {
                happened.add("refused");
            }
        });
        caller.start();
        while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        called.countDown();
        caller.join();
        assertThat(happened).containsExactly("refused");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void loopCanEndItself() throws Exception {
        loop.begin();
        loop.execute(loop::end);
        loop.close(() -> {});
    }

    @Test
    void loopThatHasNotBegunIsClosedWithoutIt() {
        close();
        assertThat(happened).isEmpty();
    }
}
