package io.jenkins.plugins.baton.lab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.probe.Observation.Kind;
import io.jenkins.plugins.baton.lab.probe.Observation.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImpactTest {
    private static final long MS = 1_000_000;

    @Test
    void gapIsTheLongestTimeWithoutAnAnswer() {
        Impact impact = Impact.of(
                List.of(
                        connect(0, 2, Outcome.ANSWERED),
                        connect(10, 11, Outcome.REFUSED),
                        connect(20, 22, Outcome.ANSWERED)),
                0,
                25 * MS);
        assertThat(impact.longestGap()).isEqualTo(Duration.ofMillis(20));
        assertThat(impact.failed()).isEqualTo(1);
        assertThat(impact.connects()).isEqualTo(3);
    }

    @Test
    void gapThatLastsCountsUpToNow() {
        Impact impact = Impact.of(List.of(connect(0, 2, Outcome.ANSWERED)), 0, 500 * MS);
        assertThat(impact.longestGap()).isEqualTo(Duration.ofMillis(498));
    }

    @Test
    void laterConnectThatIsAnsweredSoonerEndsTheGap() {
        Impact impact =
                Impact.of(List.of(connect(0, 1000, Outcome.ANSWERED), connect(50, 51, Outcome.ANSWERED)), 0, 1000 * MS);
        assertThat(impact.longestGap()).isEqualTo(Duration.ofMillis(949));
        assertThat(impact.slow()).isEqualTo(1);
    }

    @Test
    void brokenSessionIsLostOnce() {
        Impact impact = Impact.of(List.of(request(0, 1, Outcome.ANSWERED), request(2, 3, Outcome.RESET)), 0, 10 * MS);
        assertThat(impact.lostSessions()).isEqualTo(1);
        assertThat(impact.requests()).isEqualTo(2);
        assertThat(impact).asString().contains("port 4711 to m2: RESET 1 ms after a request at 2 ms");
    }

    @Test
    void lineOfAnObservationReadsBack() {
        for (Observation observation : List.of(connect(-5, 7, Outcome.TIMED_OUT), request(1, 2, Outcome.ANSWERED))) {
            assertThat(Observation.ofLine(observation.toLine())).isEqualTo(observation);
        }
    }

    private static Observation connect(long startMillis, long endMillis, Outcome outcome) {
        return Observation.connect(startMillis * MS, endMillis * MS, outcome);
    }

    private static Observation request(long startMillis, long endMillis, Outcome outcome) {
        return new Observation(Kind.REQUEST, startMillis * MS, endMillis * MS, outcome, "port 4711 to m2");
    }
}
