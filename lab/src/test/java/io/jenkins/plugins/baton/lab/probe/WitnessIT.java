package io.jenkins.plugins.baton.lab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.probe.Capture.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The client that measures, and a witness that is independent of it: they must tell the same. */
class WitnessIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration QUIET_TIME = Duration.ofSeconds(2);
    /** Long enough that a connect and its SYN are on the same side of the middle between two, on a busy machine too. */
    private static final Duration CONNECT_INTERVAL = Duration.ofMillis(200);

    @Test
    void clientAndWitnessCountTheSameConnectsAndSeeTheSameOutage() {
        try (Lab lab = Lab.withNodes(1)) {
            Host server = lab.host("m1");
            Backend backend = Backend.start(server);
            Capture capture = Capture.start(server);
            try (Client client = Client.start(
                    lab.client(),
                    server.ipv4(),
                    AddressPlan.BACKEND_PORT,
                    CONNECT_INTERVAL,
                    0,
                    Duration.ofMinutes(5))) {
                client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
                long begin = betweenConnects(capture);
                backend.refuse();
                Await.until(
                        "40 connects have failed",
                        AWAIT_TIMEOUT,
                        () -> client.knownSince(monotonic(begin)).failed() >= 40);
                backend.heal();
                client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
                long end = betweenConnects(capture);

                Impact seen = client.between(monotonic(begin), monotonic(end));
                // It may write an answer down later than the client knows of it.
                Await.until(
                        "the witness has written everything down",
                        AWAIT_TIMEOUT,
                        () -> unanswered(between(capture, begin, end)) <= seen.failed());
                List<Connection> witnessed = between(capture, begin, end);

                assertThat(seen.connects()).isEqualTo(witnessed.size());
                assertThat(seen.failed()).isEqualTo((int) unanswered(witnessed));
                assertThat(seen.outage().minus(outage(witnessed)).abs())
                        .as("%s by the witness, %s", outage(witnessed), seen)
                        .isLessThanOrEqualTo(seen.resolution());
            }
        }
    }

    private static List<Connection> between(Capture capture, long begin, long end) {
        return capture.connections().stream()
                .filter(connection -> connection.begin() > begin && connection.begin() < end)
                .toList();
    }

    private static long unanswered(List<Connection> connections) {
        return connections.stream().filter(connection -> !connection.answered()).count();
    }

    /** A time in the middle between two connects that the witness saw, after this was called; by the wall clock. */
    private static long betweenConnects(Capture capture) {
        long now = now();
        long[] middle = new long[1];
        Await.until("two connects in time", AWAIT_TIMEOUT, () -> {
            long last = 0;
            for (Connection connection : capture.connections()) {
                long pause = connection.begin() - last;
                if (last > now && pause >= CONNECT_INTERVAL.dividedBy(2).toNanos()) {
                    middle[0] = last + pause / 2;
                    return true;
                }
                last = connection.begin();
            }
            return false;
        });
        return middle[0];
    }

    private static Duration outage(List<Connection> connections) {
        long first = connections.stream()
                .filter(connection -> !connection.answered())
                .findFirst()
                .orElseThrow()
                .begin();
        long next = connections.stream()
                .filter(connection -> connection.begin() > first && connection.answered())
                .findFirst()
                .orElseThrow()
                .begin();
        return Duration.ofNanos(next - first);
    }

    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** The client's clock. */
    private static long monotonic(long wall) {
        while (true) {
            long before = System.nanoTime();
            long now = now();
            long after = System.nanoTime();
            if (after - before < TimeUnit.MILLISECONDS.toNanos(1)) { // else this thread stood still in between
                return before - (now - wall);
            }
        }
    }
}
