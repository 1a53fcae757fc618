package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @Test
    void aTimeIsANumberAndAUnit() {
        assertThat(Times.parse("1ms")).isEqualTo(Duration.ofMillis(1));
        assertThat(Times.parse("1.5s")).isEqualTo(Duration.ofMillis(1_500));
        assertThat(Times.parse("0.5m")).isEqualTo(Duration.ofSeconds(30));
        assertThat(Times.parse("8760h")).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "0",
                "0s",
                "0.0s",
                "00s",
                "-1s",
                "01s",
                "1 s",
                "1S",
                "1d",
                "1h30m",
                ".5s",
                "1.s",
                "1.2345s",
                "0.5ms",
                "1e3s",
                "8761h",
                "999999999h",
                "9999999999s",
                "１s"
            })
    void everythingElseIsRefusedWithTheTextThatWasWritten(String text) {
        assertThatThrownBy(() -> Times.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the time " + text + " is ");
    }
}
