package io.jenkins.plugins.baton.agent.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    @TempDir
    Path folder;

    @Test
    void anErrorDoesNotEndTheWriting() throws Exception {
        Path file = folder.resolve("metrics.prom");
        CountDownLatch looks = new CountDownLatch(3);
        MetricsFile metrics = MetricsFile.start(
                MBeanServerFactory.newMBeanServer(),
                () -> {
                    looks.countDown();
                    if (looks.getCount() == 2) {
                        throw new OutOfMemoryError("no memory for a thread, as the kernel says");
                    }
                    return Optional.of(file);
                },
                Duration.ofMillis(1));
        try {
            assertThat(looks.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(file).exists();
        } finally {
            metrics.close();
        }
    }
}
