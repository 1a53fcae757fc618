package io.jenkins.plugins.baton.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(40, 10, 20, 31))).isEqualTo(new Spread(25.5, 10, 40));
    }

    @Test
    void reportNamesMedianAndExtremes() {
        assertThat(Spread.of(List.of(620, 615, 633))).hasToString("620 (615 to 633)");
        assertThat(Spread.of(List.of(0, 0))).hasToString("0");
        assertThat(Spread.of(List.of(71_240, 70_100))).hasToString("70.7k (70.1k to 71.2k)");
        assertThat(Spread.of(List.of(0.614))).hasToString("0.61");
    }
}
