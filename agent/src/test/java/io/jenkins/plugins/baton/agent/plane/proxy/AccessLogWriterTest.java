package io.jenkins.plugins.baton.agent.plane.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Frontend;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccessLogWriterTest {
    private static final SessionRecord SESSION = new SessionRecord(
            new InetSocketAddress("10.0.1.2", 33313),
            Instant.EPOCH,
            "kube",
            "m1",
            0,
            0,
            0,
            0,
            0,
            Termination.NORMAL,
            1,
            1,
            1,
            0);

    @Test
    void everyLineIsWrittenBeforeItCloses() {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        AccessLogWriter writer = new AccessLogWriter(new PrintStream(sink), 60_000);
        for (int i = 0; i < 1000; i++) {
            writer.write(i % 2 == 0 ? Frontend.AccessLog.TEXT : Frontend.AccessLog.JSON, SESSION);
        }
        writer.close();
        assertThat(sink.toString(UTF_8).lines()).hasSize(1000);
        assertThat(writer.dropped()).isZero();
    }

    @Test
    void readerThatIsStuckCostsLinesAndHoldsUpNobody() {
        CountDownLatch stuck = new CountDownLatch(1);
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int b) {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        AccessLogWriter writer = new AccessLogWriter(new PrintStream(sink, true));
        for (int i = 0; i < 10_000; i++) {
            writer.write(Frontend.AccessLog.TEXT, SESSION);
        }
        assertThat(writer.dropped()).isBetween(5_000L, 6_000L);
        stuck.countDown();
        writer.close();
    }
}
