package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWindowTest {
    @ParameterizedTest
    @CsvSource({
        "09:00-17:00, 09:00, true", "09:00-17:00, 16:59, true", "09:00-17:00, 17:00, false",
                "09:00-17:00, 08:59, false",
        "22:00-05:00, 23:00, true", "22:00-05:00, 04:59, true", "22:00-05:00, 05:00, false", "22:00-05:00, 12:00, false"
    })
    void beginsInclusiveEndsExclusiveAndMayPassMidnight(String window, String time, boolean inside) {
        assertThat(TimeWindow.parse(window).contains(LocalTime.parse(time))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9-17",
                "09:00",
                "25:00-26:00",
                "09:00-10:00-11:00",
                "09:00-09:00",
                "09:00 - 09:00",
                "09:00-9:00",
                "09:00-09:00:00"
            })
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> TimeWindow.parse(text)).hasMessageContaining("22:00-05:00");
    }

    @Test
    void readsAsItIsWritten() {
        assertThat(TimeWindow.parse("22:00-05:00")).hasToString("22:00-05:00");
    }
}
