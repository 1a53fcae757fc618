package io.jenkins.plugins.baton.lab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.probe.LongLived.Loss;
import io.jenkins.plugins.baton.probe.Sample;
import io.jenkins.plugins.baton.probe.Sample.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final long MS = 1_000_000;
    private static final String ANSWER = "{\"gitVersion\": \"v1.31.0\", \"node\": \"m2\"}";

    private final History history = new History();

    @Test
    void theOutageIsTheOneThatADrillWouldReport() {
        connect(0, 2, Result.ANSWERED);
        connect(10, 11, Result.REFUSED);
        connect(20, 1020, Result.ANSWERED);
        connect(30, 31, Result.ANSWERED);

        Impact impact = history.between(0, 1100 * MS);

        assertThat(impact.outage()).isEqualTo(Duration.ofMillis(20));
        assertThat(impact.failed()).isEqualTo(1);
        assertThat(impact.slow()).isEqualTo(1);
        assertThat(impact.slowest()).isEqualTo(Duration.ofMillis(1000));
        assertThat(impact.connects()).isEqualTo(4);
    }

    @Test
    void aPauseThatLastsCountsUpToNow() {
        connect(0, 2, Result.ANSWERED);
        connect(10, 11, Result.REFUSED);

        assertThat(history.longestPause(0, 500 * MS)).isEqualTo(Duration.ofMillis(500));
        assertThat(history.between(0, 500 * MS).outage()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void aPauseEndsWithAConnectThatBeganLaterAndWasAnsweredSooner() {
        connect(50, 51, Result.ANSWERED);
        connect(20, 420, Result.ANSWERED);

        assertThat(history.longestPause(0, 60 * MS)).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void aBrokenSessionIsToldWithItsNode() {
        history.add(new Observation.Lost(new Loss(4711, ANSWER, 2 * MS, 3 * MS, "Connection reset")));

        assertThat(history.between(0, 10 * MS).lost())
                .singleElement()
                .hasToString("port 4711 to m2: Connection reset 1 ms after a request at 2 ms");
        assertThat(history.between(4 * MS, 10 * MS).lostSessions()).isZero();
    }

    @Test
    void requestsCountFromAReportToAnother() {
        history.add(new Observation.Complete(10 * MS, 4));
        history.add(new Observation.Complete(20 * MS, 9));

        assertThat(history.between(10 * MS, 20 * MS).requests()).isEqualTo(5);
        assertThat(history.isComplete(20 * MS)).isTrue();
        assertThat(history.isComplete(21 * MS)).isFalse();
    }

    @Test
    void aLineOfAnObservationReadsBack() {
        for (Observation observation : List.of(
                new Observation.Connect(new Sample(-5, 7, Result.TIMED_OUT)),
                new Observation.Lost(new Loss(4711, ANSWER, 1, 2, "Connection reset")),
                new Observation.Complete(-3, 17))) {
            assertThat(Observation.ofLine(observation.toLine())).isEqualTo(observation);
        }
    }

    private void connect(long startMillis, long endMillis, Result result) {
        history.add(new Observation.Connect(new Sample(startMillis * MS, endMillis * MS, result)));
    }
}
