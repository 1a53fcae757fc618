package io.jenkins.plugins.baton.agent.router.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressDefenceTest {
    private static final long MS = 1_000_000;

    private final AddressDefence defence = new AddressDefence();
    private long now = 1_000_000 * MS;

    @Test
    void strangersClaimIsAnsweredAtOnceAndAFloodAtABoundedRate() {
        defence.becameMaster(now);
        int answers = 0;
        for (int i = 0; i < 12_000; i++) {
            now += MS / 12;
            assertThat(defence.claimed(false, now)).isTrue();
            assertThat(defence.deadline()).isLessThanOrEqualTo(now + AddressDefence.ANSWER_INTERVAL);
            answers += defence.answers(now) ? 1 : 0;
        }
        assertThat(answers).isBetween(40, 52);
    }

    @Test
    void nodeThatTakesOverIsNotSpokenAgainst() {
        defence.becameMaster(now);
        now += 60_000 * MS;
        for (int frame = 0; frame < 10; frame++) {
            assertThat(defence.claimed(true, now))
                    .as("all at once, as a late thread reads them")
                    .isFalse();
        }
        assertThat(defence.answers(now + AddressDefence.TAKEOVER_GRACE - 1)).isFalse();
        defence.steppedDown();

        assertThat(defence.answers(now + AddressDefence.TAKEOVER_GRACE)).isFalse();
        assertThat(defence.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void formerHolderIsAnsweredButIsNoConflictUntilItsLeaseIsOver() {
        defence.becameMaster(now);
        assertThat(defence.claimed(true, now + MS)).isFalse();
        assertThat(defence.answers(now + MS + AddressDefence.TAKEOVER_GRACE)).isTrue();

        assertThat(defence.claimed(true, now + AddressDefence.FORMER_HOLDER_GRACE + MS))
                .isTrue();
    }

    @Test
    void nodeThatGoesOnClaimingAnAddressThatAnotherHoldsIsAConflict() {
        defence.becameMaster(now);
        now += 60_000 * MS;
        assertThat(defence.claimed(true, now)).isFalse();
        assertThat(defence.claimed(true, now + AddressDefence.NEXT_HOLDER_GRACE))
                .isFalse();
        assertThat(defence.claimed(true, now + AddressDefence.NEXT_HOLDER_GRACE + MS))
                .isTrue();

        now += AddressDefence.NEXT_HOLDER_GRACE + MS + AddressDefence.QUESTION_INTERVAL + MS;
        assertThat(defence.claimed(true, now))
                .as("its answer to the next question")
                .isTrue();

        now += 3_600_000 * MS;
        assertThat(defence.claimed(true, now))
                .as("the next takeover, an hour later")
                .isFalse();
    }

    @Test
    void holderAsksNowAndThenAndOthersDoNot() {
        assertThat(defence.asks(now)).isFalse();
        assertThat(defence.claimed(false, now)).isFalse();
        defence.becameMaster(now);
        now = defence.deadline();
        assertThat(defence.asks(now)).isTrue();
        assertThat(defence.asks(now + MS)).isFalse();

        assertThat(defence.deadline()).isEqualTo(now + AddressDefence.QUESTION_INTERVAL);
    }
}
