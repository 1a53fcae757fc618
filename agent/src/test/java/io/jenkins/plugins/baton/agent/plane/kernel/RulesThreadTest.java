package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RulesThreadTest {
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final RulesThread thread = new RulesThread(() -> happened.add("freed"));

    @Test
    void whatWasHandedInIsDoneBeforeAnythingIsFreed() {
        thread.execute(() -> happened.add("done"));
        thread.close(Duration.ofMinutes(1));

        assertThat(happened).containsExactly("done", "freed");
    }

    @Test
    void taskThatComesAfterTheEndIsNotDoneAndDoesNoHarm() throws Exception {
        assertThat(thread.accepts(() -> happened.add("done"))).isTrue();
        thread.close(Duration.ofMinutes(1));

        assertThat(thread.accepts(() -> happened.add("done late"))).isFalse();
        assertThat(happened).containsExactly("done", "freed");
    }

    @Test
    void nothingIsFreedUnderATaskThatTakesLongerThanTheCloseWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch transaction = new CountDownLatch(1);
        thread.execute(() -> {
            begun.countDown();
            awaitUninterrupted(transaction);
            happened.add("done");
        });
        begun.await();
        thread.close(Duration.ofMillis(1));
        assertThat(happened).isEmpty();

        transaction.countDown();
        assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(happened).containsExactly("done", "freed");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
