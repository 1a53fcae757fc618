package io.jenkins.plugins.baton.jenkins.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The log of a drill while it runs. */
class ElapsedProgressTest {
    @Test
    void everyLineSaysHowManySecondsTheDrillHasTaken() {
        AtomicLong now = new AtomicLong(-7);
        List<String> lines = new ArrayList<>();
        ElapsedProgress progress = new ElapsedProgress((node, line) -> lines.add(node + line), now::get);

        progress.say("begins");
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(12_340));
        progress.say("m1", "the fault begins");

        assertThat(lines).containsExactly("   0.0 s  begins", "  12.3 s  m1: the fault begins");
    }
}
