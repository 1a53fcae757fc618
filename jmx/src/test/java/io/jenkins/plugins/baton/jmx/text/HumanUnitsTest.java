package io.jenkins.plugins.baton.jmx.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HumanUnitsTest {
    @Test
    void anAgeHasAFewDigits() {
        assertThat(HumanUnits.age(Duration.ofMillis(840))).isEqualTo("840 ms");
        assertThat(HumanUnits.age(Duration.ofSeconds(90))).isEqualTo("90 s");
        assertThat(HumanUnits.age(Duration.ofMinutes(90))).isEqualTo("90 min");
        assertThat(HumanUnits.age(Duration.ofHours(30))).isEqualTo("30 h");
        assertThat(HumanUnits.age(Duration.ofDays(400))).isEqualTo("400 d");
        assertThat(HumanUnits.age(Duration.ofMillis(-5))).isEqualTo("0 ms");
    }

    @Test
    void aConfiguredTimeLosesNothing() {
        assertThat(HumanUnits.exact(Duration.ZERO)).isEqualTo("0 ms");
        assertThat(HumanUnits.exact(Duration.ofMillis(250))).isEqualTo("250 ms");
        assertThat(HumanUnits.exact(Duration.ofMillis(1500))).isEqualTo("1.5 s");
        assertThat(HumanUnits.exact(Duration.ofMillis(3010))).isEqualTo("3.01 s");
        assertThat(HumanUnits.exact(Duration.ofMinutes(10))).isEqualTo("600 s");
    }

    @Test
    void aShortMeasuredTimeHasADecimal() {
        assertThat(HumanUnits.measured(8.26)).isEqualTo("8.3 ms");
        assertThat(HumanUnits.measured(612.4)).isEqualTo("612 ms");
    }

    @Test
    void sizesGoUpToTheLargestLong() {
        assertThat(HumanUnits.bytes(999)).isEqualTo("999 B");
        assertThat(HumanUnits.bytes(1_234_567)).isEqualTo("1.2 MB");
        assertThat(HumanUnits.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }
}
