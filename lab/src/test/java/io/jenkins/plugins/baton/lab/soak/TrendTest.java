package io.jenkins.plugins.baton.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static List<Double> values(int count, double noise, double slope) {
        Random random = new Random(1);
        return IntStream.range(0, count)
                .mapToObj(i -> 100 + noise * random.nextGaussian() + slope * i)
                .toList();
    }

    @Test
    void aLineIsFoundAsItIs() {
        Trend trend = Trend.of(values(100, 0, 0.5));
        assertThat(trend.rise()).isCloseTo(0.5 * 49, within(1e-9));
        assertThat(trend.noise()).isCloseTo(0, within(1e-9));
        assertThat(trend.isFlat(1)).isFalse();
    }

    @Test
    void noiseAloneDoesNotGrow() {
        assertThat(Trend.of(values(400, 10, 0)).isFlat(0)).isTrue();
    }

    @Test
    void aLeakIsSeenThroughTheNoise() {
        assertThat(Trend.of(values(400, 5, 0.2)).isFlat(1)).isFalse();
    }

    @Test
    void theBeginningDoesNotCountAndWhatShrinksIsNoLeak() {
        List<Double> warm = IntStream.range(0, 100)
                .mapToObj(i -> i < 50 ? i : 50.0)
                .map(Number::doubleValue)
                .toList();
        assertThat(Trend.of(warm).isFlat(0)).isTrue();
        assertThat(Trend.of(values(100, 0, -1)).isFlat(0)).isTrue();
    }

    @Test
    void aRiseThatIsNegligibleForItsUnitIsNone() {
        assertThat(Trend.of(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0)).isFlat(20))
                .isTrue();
    }

    @Test
    void theElementsOfAllSetsAndMapsAreCounted() {
        String ruleset = "set a { elements = { 1, 2,\n 3 } } map b { elements = { 1 : 2 } } set c { type mark }";
        assertThat(NodeMeter.elements(ruleset)).isEqualTo(4);
    }
}
