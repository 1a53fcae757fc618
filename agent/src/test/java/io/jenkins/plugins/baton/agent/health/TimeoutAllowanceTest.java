package io.jenkins.plugins.baton.agent.health;

import static io.jenkins.plugins.baton.agent.health.TimeoutAllowance.State.LEFT;
import static io.jenkins.plugins.baton.agent.health.TimeoutAllowance.State.MISSED;
import static io.jenkins.plugins.baton.agent.health.TimeoutAllowance.State.USED_UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutAllowanceTest {
    private static final Duration LENGTH = Duration.ofMillis(800);
    private long now = 5_000_000_000L;
    private final TimeoutAllowance allowance = new TimeoutAllowance(LENGTH, now);

    @Test
    void punctualNodeWaitsAsLongAsTheTimeout() {
        long begun = now;
        TimeoutAllowance.State state = LEFT;
        while (state == LEFT) {
            state = lookLate(0, true);
        }
        assertThat(state).isEqualTo(USED_UP);
        assertThat(now - begun).isEqualTo(LENGTH.toNanos());
        assertThat(allowance.missed(now)).isZero();
    }

    @Test
    void timeInWhichTheLoopWasLateIsGivenToTheServerAfterwards() {
        lookLate(900, true);
        for (int check = 2; check < TimeoutAllowance.CHECKS; check++) {
            assertThat(lookLate(0, true)).isEqualTo(LEFT);
        }
        assertThat(lookLate(0, true)).isEqualTo(USED_UP);
        assertThat(allowance.missed(now)).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void loopThatIsAlwaysLateJudgesNobody() {
        TimeoutAllowance.State state = LEFT;
        while (state == LEFT) {
            state = lookLate(500, true);
        }
        assertThat(state).isEqualTo(MISSED);
    }

    @Test
    void processThatWasStoppedJudgesNobody() {
        assertThat(lookLate(60_000, true)).isEqualTo(MISSED);
    }

    @Test
    void serverThatWasNotAskedYetLosesNothing() {
        TimeoutAllowance.State state = LEFT;
        while (state == LEFT) {
            state = lookLate(0, false);
        }
        assertThat(state).isEqualTo(MISSED);
    }

    @Test
    void failureOfAServerThatGotLessThanItsDueIsSpoilt() {
        assertThat(allowance.isInconclusive(now + Duration.ofMillis(500).toNanos()))
                .isFalse();
        assertThat(allowance.isInconclusive(now + Duration.ofMillis(1000).toNanos()))
                .isTrue();
        lookLate(1000, true);
        assertThat(allowance.isInconclusive(now)).isTrue();
    }

    private TimeoutAllowance.State lookLate(long millis, boolean asked) {
        now += allowance.untilCheck() + Duration.ofMillis(millis).toNanos();
        return allowance.check(now, asked);
    }
}
