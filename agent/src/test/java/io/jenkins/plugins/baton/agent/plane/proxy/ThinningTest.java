package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private static double share(long drainMillis, long toldMillis) {
        return Thinning.share(Duration.ofMillis(drainMillis), Duration.ofMillis(toldMillis), INTERVAL);
    }

    @Test
    void nothingEndsBeforeTheLastFifth() {
        assertThat(share(10_000, 0)).isZero();
        assertThat(share(10_000, 7_999)).isZero();
        assertThat(share(10_000, 8_000)).isPositive();
    }

    @Test
    void longTimesEndInTheirLastTenSeconds() {
        assertThat(share(3_600_000, 3_589_999)).isZero();
        assertThat(share(3_600_000, 3_590_000)).isPositive();
    }

    @Test
    void sessionsEndEvenly() {
        double left = 1000;
        for (long told = 8_000; told < 10_000; told += 20) {
            double ending = left * share(10_000, told);
            assertThat(ending).isBetween(9.99, 10.01);
            left -= ending;
        }
        assertThat(left).isBetween(0.0, 0.01);
    }

    @Test
    void shareIsNeverMoreThanAll() {
        assertThat(share(10_000, 9_999)).isEqualTo(1);
    }

    @Test
    void whenTheTimeIsOverOrThereIsNoneAllEndWithoutIt() {
        assertThat(share(10_000, 10_000)).isZero();
        assertThat(share(0, 0)).isZero();
    }
}
