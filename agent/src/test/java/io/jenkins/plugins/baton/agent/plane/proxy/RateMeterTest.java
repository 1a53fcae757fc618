package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RateMeterTest {

    @Property
    void steadyRateIsFoundWheneverTheClockBegan(
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long beginSecond,
            @ForAll @IntRange(min = 0, max = 50) int perSecond,
            @ForAll @IntRange(min = 11, max = 40) int seconds) {
        RateMeter meter = new RateMeter();
        for (long second = beginSecond; second < beginSecond + seconds; second++) {
            for (int i = 0; i < perSecond; i++) {
                meter.mark(TimeUnit.SECONDS.toNanos(second) + i);
            }
        }
        assertThat(meter.perSecond(TimeUnit.SECONDS.toNanos(beginSecond + seconds)))
                .isEqualTo(perSecond);
    }

    @Test
    void burstIsForgottenAfterTenSeconds() {
        RateMeter meter = new RateMeter();
        for (int i = 0; i < 100; i++) {
            meter.mark(0);
        }
        assertThat(meter.perSecond(TimeUnit.SECONDS.toNanos(1))).isEqualTo(10);
        assertThat(meter.perSecond(TimeUnit.SECONDS.toNanos(10))).isEqualTo(10);
        assertThat(meter.perSecond(TimeUnit.SECONDS.toNanos(11))).isZero();
    }
}
