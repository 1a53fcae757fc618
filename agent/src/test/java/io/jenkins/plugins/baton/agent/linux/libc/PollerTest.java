package io.jenkins.plugins.baton.agent.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PollerTest {

    @Test
    void waitEndsWithItsTimeWhenNothingHappens() throws Exception {
        try (Wakeup wakeup = Wakeup.open()) {
            Poller poller = new Poller();
            poller.add(wakeup);
            long start = System.nanoTime();

            assertThat(poller.await(Duration.ofMillis(30).toNanos())).isFalse();

            assertThat(System.nanoTime() - start)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
            assertThat(poller.isReady(wakeup)).isFalse();
            assertThat(wakeup.clear()).isFalse();
        }
    }

    @Test
    void signalOfAnotherThreadEndsAWaitWithoutLimit() throws Exception {
        try (Wakeup wakeup = Wakeup.open()) {
            Poller poller = new Poller();
            poller.add(wakeup);
            CompletableFuture<Void> signal = CompletableFuture.runAsync(wakeup::signal);

            assertThat(poller.await(Long.MAX_VALUE)).isTrue();

            signal.join();
            assertThat(wakeup.clear()).isTrue();
            assertThat(poller.await(0)).isFalse();
        }
    }

    @Test
    void onlyTheMemberThatIsReadyIsShownSo() throws Exception {
        List<Wakeup> wakeups = new ArrayList<>();
        Poller poller = new Poller();
        for (int i = 0; i < 20; i++) { // more than the first table holds
            wakeups.add(Wakeup.open());
            poller.add(wakeups.get(i));
        }
        wakeups.get(17).signal();

        assertThat(poller.await(0)).isTrue();

        assertThat(wakeups).filteredOn(poller::isReady).containsExactly(wakeups.get(17));
        wakeups.forEach(Wakeup::close);
    }

    @Test
    void removedMemberIsNotWaitedFor() throws Exception {
        try (Wakeup wakeup = Wakeup.open()) {
            Poller poller = new Poller();
            poller.add(wakeup);
            wakeup.signal();
            poller.remove(wakeup);

            assertThat(poller.await(0)).isFalse();
        }
    }

    @Test
    void closedMemberIsPassedOver() throws Exception {
        Wakeup wakeup = Wakeup.open();
        Poller poller = new Poller();
        poller.add(wakeup);
        wakeup.signal();
        wakeup.close();
        wakeup.close();

        assertThat(poller.await(0)).isFalse();
    }
}
