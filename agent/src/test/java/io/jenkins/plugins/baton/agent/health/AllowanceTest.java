package io.jenkins.plugins.baton.agent.health;

import static io.jenkins.plugins.baton.agent.health.Allowance.State.LEFT;
import static io.jenkins.plugins.baton.agent.health.Allowance.State.MISSED;
import static io.jenkins.plugins.baton.agent.health.Allowance.State.USED_UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Duration LENGTH = Duration.ofMillis(800);
    private long now = 5_000_000_000L;
    private final Allowance allowance = new Allowance(LENGTH, now);

    @Test
    void punctualNodeWaitsAsLongAsTheTimeout() {
        long begun = now;
        Allowance.State state = LEFT;
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
        for (int look = 2; look < Allowance.LOOKS; look++) {
            assertThat(lookLate(0, true)).isEqualTo(LEFT);
        }
        assertThat(lookLate(0, true)).isEqualTo(USED_UP);
        assertThat(allowance.missed(now)).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void loopThatIsAlwaysLateJudgesNobody() {
        Allowance.State state = LEFT;
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
        Allowance.State state = LEFT;
        while (state == LEFT) {
            state = lookLate(0, false);
        }
        assertThat(state).isEqualTo(MISSED);
    }

    @Test
    void failureOfAServerThatGotLessThanItsDueIsSpoilt() {
        assertThat(allowance.isSpoilt(now + Duration.ofMillis(500).toNanos())).isFalse();
        assertThat(allowance.isSpoilt(now + Duration.ofMillis(1000).toNanos())).isTrue();
        lookLate(1000, true);
        assertThat(allowance.isSpoilt(now)).isTrue();
    }

    private Allowance.State lookLate(long millis, boolean asked) {
        now += allowance.untilLook() + Duration.ofMillis(millis).toNanos();
        return allowance.look(now, asked);
    }
}
