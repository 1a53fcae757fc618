package io.jenkins.plugins.baton.agent.plane.choice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONG = 30 * SECOND;

    private final Pace pace = new Pace(0);

    @Test
    void whatHappensAfterAQuietTimeIsToldAtOnce() {
        assertThat(pace.waitNanos(SECOND, LONG)).isEqualTo(LONG);
        pace.happened();

        assertThat(pace.waitNanos(SECOND, LONG)).isZero();
    }

    @Test
    void aThousandChangesInASecondAreToldAFewTimesAndTheLastIsTold() {
        int told = 0;
        for (long now = 0; now < SECOND; now += SECOND / 1000) {
            pace.happened();
            if (pace.waitNanos(now, LONG) == 0) {
                pace.told(now);
                told++;
            }
        }
        assertThat(told).isEqualTo(4);
        long wait = pace.waitNanos(SECOND, LONG);
        assertThat(wait).isBetween(0L, Pace.MIN_INTERVAL);
        assertThat(pace.waitNanos(SECOND + wait, LONG)).isZero();
    }
}
