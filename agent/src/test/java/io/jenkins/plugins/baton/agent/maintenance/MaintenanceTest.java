package io.jenkins.plugins.baton.agent.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceTest {
    private static final String RECORD = """
            token 4f6c
            until 1800000000
            node m2
            by root on desk
            later something that an older agent does not know
            """;

    @Test
    void aRecordSaysWhichNodeIsOutUntilWhenAndByWhom() {
        assertThat(Maintenance.parse(RECORD))
                .contains(new Maintenance("m2", Instant.ofEpochSecond(1_800_000_000), "root on desk"));
    }

    @Test
    void itIsOverAtItsEndAndNotASecondBefore() {
        Maintenance maintenance = Maintenance.parse(RECORD).orElseThrow();

        assertThat(maintenance.isOver(maintenance.until().minusSeconds(1))).isFalse();
        assertThat(maintenance.isOver(maintenance.until())).isTrue();
    }

    /** Its clock was set back: nobody would live to see the end. */
    @Test
    void oneThatLiesFurtherAheadThanAnyCanLastIsOver() {
        Maintenance maintenance = Maintenance.parse(RECORD).orElseThrow();

        assertThat(maintenance.isOver(maintenance.until().minus(Duration.ofDays(7))))
                .isFalse();
        assertThat(maintenance.isOver(maintenance.until().minus(Duration.ofDays(9))))
                .isTrue();
    }

    @Test
    void aRecordWithoutANodeTakesNobodyOut() {
        assertThat(Maintenance.parse("token 4f6c\nuntil 1800000000\nby root on desk\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "node m2",
                "node m2\nuntil soon",
                "node m2\nuntil -5",
                "until 1\nnode",
                "\u0000\u0001"
            })
    void whatIsNoRecordTakesNobodyOut(String text) {
        assertThat(Maintenance.parse(text)).isEmpty();
    }
}
