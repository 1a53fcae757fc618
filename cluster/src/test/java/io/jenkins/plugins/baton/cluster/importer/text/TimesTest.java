package io.jenkins.plugins.baton.cluster.importer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "30, 30", "30s, 30000", "2m, 120000", "1h, 3600000", "1d, 86400000", "0us, 0", "2500us, 2"})
    void haproxysTimesAreMillisecondsUnlessTheyHaveAUnit(String text, long millis) {
        assertThat(Times.haproxy(text)).contains(Duration.ofMillis(millis));
    }

    /** Zero would be no limit at all. */
    @ParameterizedTest
    @ValueSource(strings = {"1us", "999us"})
    void whatIsShorterThanAMillisecondIsOne(String text) {
        assertThat(Times.haproxy(text)).contains(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999d", "200000000d", "999999999999h", "999999999999m"})
    void whatIsBeyondAnyTimeIsLongAndNotNegative(String text) {
        assertThat(Times.haproxy(text).orElseThrow()).isGreaterThan(Duration.ofDays(100_000_000));
    }
}
