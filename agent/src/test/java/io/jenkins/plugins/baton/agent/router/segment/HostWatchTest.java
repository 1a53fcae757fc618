package io.jenkins.plugins.baton.agent.router.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostWatchTest {
    private static final long MS = 1_000_000;
    private static final long ADVERTS = 150 * MS;

    private final HostWatch watch = new HostWatch(0);
    private int questions;

    @Test
    void hostIsUnknownUntilItGivesASign() {
        assertThat(watch.isPresent()).isFalse();
        watch.sign(0, ADVERTS);
        assertThat(watch.isPresent()).isTrue();
    }

    @Test
    void hostWhoseAdvertsComeIsNeverAsked() {
        for (long now = 0; now < 10_000 * MS; now += 100 * MS) {
            watch.sign(now, ADVERTS);
            passes(now, now + 100 * MS);
        }
        assertThat(questions).isZero();
    }

    /** The thread is awake for other things between two adverts. */
    @Test
    void hostWhoseAdvertsComeEveryTenMillisecondsIsNotAskedBetweenThem() {
        for (long now = 0; now < 1_000 * MS; now += 10 * MS) {
            watch.sign(now, 15 * MS);
            for (long awake = now; awake <= now + 10 * MS; awake += MS) {
                questions += watch.ask(awake) ? 1 : 0;
            }
        }
        assertThat(questions).isZero();
    }

    @Test
    void masterThatDiesIsKnownToBeGoneBeforeAnElectionAtAHundredMillisecondsEnds() {
        watch.sign(0, ADVERTS);

        assertThat(passes(0, 300 * MS)).isBetween(200 * MS, 300 * MS);
    }

    @Test
    void quietHostIsAskedFourTimesASecondAndStaysWhenItAnswers() {
        watch.sign(0, HostWatch.SIGN_INTERVAL);
        for (int i = 1; i <= 40; i++) {
            assertThat(watch.ask(watch.deadline())).isTrue();
            watch.sign(watch.deadline(), HostWatch.SIGN_INTERVAL);
        }
        assertThat(watch.isPresent()).isTrue();
    }

    @Test
    void quietHostThatDiesIsKnownToBeGoneWithinHalfASecond() {
        watch.sign(0, HostWatch.SIGN_INTERVAL);

        assertThat(passes(0, 1_000 * MS)).isLessThan(500 * MS);
    }

    @Test
    void oneAnswerAmongLostOnesIsEnough() {
        watch.sign(0, ADVERTS);
        passes(0, 230 * MS);
        assertThat(watch.isDoubtful()).isTrue();
        watch.sign(231 * MS, HostWatch.SIGN_INTERVAL);

        assertThat(watch.isDoubtful()).isFalse();
        assertThat(passes(231 * MS, 540 * MS)).isEqualTo(-1);
    }

    @Test
    void threadThatSleptForLongDoesNotConcludeAnythingFromIt() {
        watch.sign(0, ADVERTS);
        watch.ask(10_000 * MS);

        assertThat(watch.isPresent()).isTrue();
    }

    @Test
    void hostThatIsGoneIsAskedRarelyAndIsBackWithItsFirstSign() {
        watch.sign(0, ADVERTS);
        passes(0, 1_000 * MS);
        questions = 0;
        passes(1_000 * MS, 11_000 * MS);

        assertThat(questions).isBetween(18, 22);
        watch.sign(11_000 * MS, ADVERTS);
        assertThat(watch.isPresent()).isTrue();
    }

    @Test
    void nodeThatIsCutOffItselfJudgesNobody() {
        watch.sign(0, ADVERTS);
        passes(0, 230 * MS);
        watch.rest(5_000 * MS);

        assertThat(watch.isPresent()).isTrue();
        assertThat(watch.ask(5_000 * MS)).isFalse();
    }

    /** Asks whenever it is due, unanswered; returns when the host was given up, or -1. */
    private long passes(long from, long to) {
        long gone = -1;
        for (long now = Math.max(from, watch.deadline()); now < to; now = watch.deadline()) {
            boolean before = watch.isPresent();
            questions += watch.ask(now) ? 1 : 0;
            gone = before && !watch.isPresent() ? now : gone;
        }
        return gone;
    }
}
