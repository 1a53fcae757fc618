package io.jenkins.plugins.baton.jenkins.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.Progress;
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

    /** A wrapper that kept them to itself would leave "nothing had been changed" behind a fault that goes on. */
    @Test
    void whatCountsWhenTheNodeIsLostIsPassedOn() {
        List<String> told = new ArrayList<>();
        ElapsedProgress progress = new ElapsedProgress(new Progress() {
            @Override
            public void say(String node, String line) {}

            @Override
            public void ifLost(String sentence) {
                told.add("if lost: " + sentence);
            }

            @Override
            public void begin(String sentence) {
                told.add("begin: " + sentence);
            }
        });

        progress.begin("the fault is about to begin");
        progress.ifLost("the fault has ended");

        assertThat(told).containsExactly("begin: the fault is about to begin", "if lost: the fault has ended");
    }
}
