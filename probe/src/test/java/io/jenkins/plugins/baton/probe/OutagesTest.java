package io.jenkins.plugins.baton.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.probe.Sample.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final long SLOW = 500;

    private static Sample good(long start) {
        return new Sample(start, start + 1, Result.ANSWERED);
    }

    private static Sample slow(long start) {
        return new Sample(start, start + SLOW + 1, Result.ANSWERED);
    }

    private static Sample refused(long start) {
        return new Sample(start, start + 1, Result.REFUSED);
    }

    @Test
    void thereIsNoOutageWhenEveryAttemptIsAnswered() {
        Outages outages = Outages.of(List.of(good(0), good(5), good(10)), SLOW);

        assertThat(outages.bands()).isEmpty();
        assertThat(outages.longestNanos()).isZero();
        assertThat(outages.attempts()).isEqualTo(3);
    }

    @Test
    void anOutageLastsFromTheFirstBadAttemptToTheNextGoodOne() {
        Outages outages = Outages.of(List.of(good(0), refused(5), refused(10), good(15)), SLOW);

        assertThat(outages.bands()).containsExactly(new Outages.Band(5, 15));
        assertThat(outages.failed()).isEqualTo(2);
    }

    @Test
    void whoCountsSampleBySampleKnowsOfAnOutageThatGoesOn() {
        OutageCounter counter = new OutageCounter(SLOW);
        counter.add(good(0));
        counter.add(refused(5));

        assertThat(counter.outages().bands()).containsExactly(new Outages.Band(5, 6));
        counter.add(refused(10));
        counter.add(good(15));
        assertThat(counter.outages().bands()).containsExactly(new Outages.Band(5, 15));
        assertThat(counter.outages().attempts()).isEqualTo(4);
    }

    @Test
    void anAnswerThatComesLateIsAnOutageForTheOneWhoWaited() {
        Outages outages = Outages.of(List.of(good(0), slow(5), good(10)), SLOW);

        assertThat(outages.bands()).containsExactly(new Outages.Band(5, 10));
        assertThat(outages.slow()).isEqualTo(1);
        assertThat(outages.failed()).isZero();
    }

    @Test
    void anOutageThatNeverEndsLastsToTheEndOfTheLastAttempt() {
        Outages outages = Outages.of(List.of(good(0), refused(5)), SLOW);

        assertThat(outages.bands()).containsExactly(new Outages.Band(5, 6));
    }

    @Test
    void everySecondAttemptFailingIsManyShortOutagesAndOneTrouble() {
        Outages outages = Outages.of(List.of(good(0), refused(5), good(10), refused(15), good(20), good(1000)), SLOW);

        assertThat(outages.bands()).hasSize(2);
        assertThat(outages.longestNanos()).isEqualTo(5);
        assertThat(outages.sumNanos()).isEqualTo(10);
        assertThat(outages.troubles(100)).containsExactly(new Outages.Band(5, 20));
    }

    @Test
    void outagesThatAreLessApartThanAskedAreOneTrouble() {
        Outages outages = Outages.of(List.of(refused(100), good(105), refused(110), good(115)), SLOW);

        assertThat(outages.troubles(6)).containsExactly(new Outages.Band(100, 115));
        assertThat(outages.troubles(5)).isEqualTo(outages.bands()).hasSize(2);
    }

    @Test
    void aPauseOfTheProberItselfIsItsResolution() {
        assertThat(Outages.of(List.of(good(0), good(5), good(205), good(210)), SLOW)
                        .resolutionNanos())
                .isEqualTo(200);
    }

    /** Answers arrive in another order than the attempts began. */
    @Property
    void theOrderOfSamplesDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            samples.add(random.nextInt(3) == 0 ? refused(i * 5L) : good(i * 5L));
        }
        Outages ordered = Outages.of(samples, SLOW);
        Collections.shuffle(samples, random);

        assertThat(Outages.of(samples, SLOW)).isEqualTo(ordered);
    }
}
