package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeriodicTasksTest {

    @Test
    void taskThatFailsIsTriedAgain() throws InterruptedException {
        Semaphore attempts = new Semaphore(0);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            Runnable failing = () -> {
                attempts.release();
                throw new LinkageError("a function of libc is missing");
            };
            clock.scheduleAtFixedRate(new PeriodicTasks.PeriodicTask(failing), 0, 1, TimeUnit.MILLISECONDS);

            assertThat(attempts.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
        } finally {
            clock.shutdownNow();
        }
    }
}
