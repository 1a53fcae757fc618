package io.jenkins.plugins.baton.agent.health;

import static io.jenkins.plugins.baton.agent.health.Outcome.Kind.FAILED;
import static io.jenkins.plugins.baton.agent.health.Outcome.Kind.NOT_ASKED;
import static io.jenkins.plugins.baton.agent.health.Outcome.Kind.NOT_READY;
import static io.jenkins.plugins.baton.agent.health.Outcome.Kind.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HealthHysteresisTest {
    private static final Timing FALL_3_RISE_2 = timing(3, 2);

    @Test
    void firstAnswerDecidesAtOnce() {
        assertThat(believed(PASSED)).isEqualTo(Health.UP);
        assertThat(believed(FAILED)).isEqualTo(Health.DOWN);
        assertThat(believed(NOT_READY)).isEqualTo(Health.DOWN);
    }

    @Test
    void fallFailuresInARowBringItDown() {
        assertThat(believed(PASSED, FAILED, FAILED)).isEqualTo(Health.UP);
        assertThat(believed(PASSED, FAILED, FAILED, FAILED)).isEqualTo(Health.DOWN);
        assertThat(believed(PASSED, FAILED, FAILED, PASSED, FAILED, FAILED)).isEqualTo(Health.UP);
    }

    @Test
    void riseSuccessesInARowBringItBack() {
        assertThat(believed(FAILED, PASSED)).isEqualTo(Health.DOWN);
        assertThat(believed(FAILED, PASSED, PASSED)).isEqualTo(Health.UP);
        assertThat(believed(FAILED, PASSED, FAILED, PASSED)).isEqualTo(Health.DOWN);
    }

    @Test
    void firstAnswerThatSaysNotReadyDrainsAnUpServer() {
        assertThat(believed(PASSED, NOT_READY)).isEqualTo(Health.DRAIN);
        assertThat(believed(PASSED, NOT_READY, NOT_READY, NOT_READY)).isEqualTo(Health.DOWN);
        assertThat(believed(PASSED, NOT_READY, FAILED, FAILED)).isEqualTo(Health.DOWN);
        assertThat(believed(PASSED, NOT_READY, PASSED)).isEqualTo(Health.DRAIN);
        assertThat(believed(PASSED, NOT_READY, PASSED, PASSED)).isEqualTo(Health.UP);
    }

    @Test
    void silenceDoesNotDrain() {
        assertThat(believed(PASSED, FAILED)).isEqualTo(Health.UP);
    }

    @Test
    void downServerThatSaysNotReadyStaysDown() {
        assertThat(believed(FAILED, NOT_READY)).isEqualTo(Health.DOWN);
    }

    @Test
    void whatCouldNotBeAskedChangesNothing() {
        HealthHysteresis before = after(true, PASSED, FAILED, FAILED);
        assertThat(before.after(NOT_ASKED, FALL_3_RISE_2, true)).isEqualTo(before);
        assertThat(HealthHysteresis.UNKNOWN.after(NOT_ASKED, FALL_3_RISE_2, true))
                .isEqualTo(HealthHysteresis.UNKNOWN);
    }

    @Test
    void asksSoonWhileAnswersContradictTheVerdict() {
        assertThat(after(true, PASSED).contradicted()).isFalse();
        assertThat(after(true, PASSED, FAILED).contradicted()).isTrue();
        assertThat(after(true, PASSED, NOT_READY).contradicted()).isTrue();
        assertThat(after(true, FAILED).contradicted()).isFalse();
        assertThat(after(true, FAILED, PASSED).contradicted()).isTrue();
    }

    @Property
    void neverBelievesUpRightAfterFallFailures(
            @ForAll List<Outcome.Kind> history,
            @ForAll @IntRange(min = 1, max = 10) int fall,
            @ForAll @IntRange(min = 1, max = 10) int rise,
            @ForAll boolean drains) {
        Timing timing = timing(fall, rise);
        HealthHysteresis verdict = after(timing, drains, history);
        for (int i = 0; i < fall; i++) {
            verdict = verdict.after(FAILED, timing, drains);
        }
        assertThat(verdict.health()).isEqualTo(Health.DOWN);
        for (int i = 0; i < rise; i++) {
            verdict = verdict.after(PASSED, timing, drains);
        }
        assertThat(verdict.health()).isEqualTo(Health.UP);
    }

    @Property
    void changesOnlyAfterEnoughEqualAnswersAndDrainsOnlyWhereAskedFor(
            @ForAll List<Outcome.Kind> history,
            @ForAll Outcome.Kind next,
            @ForAll @IntRange(min = 1, max = 10) int fall,
            @ForAll @IntRange(min = 1, max = 10) int rise,
            @ForAll boolean drains) {
        Timing timing = timing(fall, rise);
        HealthHysteresis before = after(timing, drains, history);
        HealthHysteresis after = before.after(next, timing, drains);
        if (before.health() == Health.UNKNOWN || before.health() == after.health()) {
            return;
        }
        switch (after.health()) {
            case UP -> assertThat(after.successes()).isGreaterThanOrEqualTo(rise);
            case DOWN -> assertThat(after.failures()).isGreaterThanOrEqualTo(fall);
            case DRAIN ->
                assertThat(drains && before.health() == Health.UP && next == NOT_READY)
                        .isTrue();
            case UNKNOWN -> throw new AssertionError("nothing is forgotten");
        }
    }

    private static Health believed(Outcome.Kind... answers) {
        return after(true, answers).health();
    }

    private static HealthHysteresis after(boolean drains, Outcome.Kind... answers) {
        return after(FALL_3_RISE_2, drains, List.of(answers));
    }

    private static HealthHysteresis after(Timing timing, boolean drains, List<Outcome.Kind> answers) {
        HealthHysteresis verdict = HealthHysteresis.UNKNOWN;
        for (Outcome.Kind answer : answers) {
            verdict = verdict.after(answer, timing, drains);
        }
        return verdict;
    }

    private static Timing timing(int fall, int rise) {
        return new Timing(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(1), fall, rise);
    }
}
