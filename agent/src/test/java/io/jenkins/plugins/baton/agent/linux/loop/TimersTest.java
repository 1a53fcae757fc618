package io.jenkins.plugins.baton.agent.linux.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
    /** The clock wraps soon. */
    private static final long NOW = Long.MAX_VALUE - 10;

    private final Timers timers = new Timers();

    private static long at(long nanos) {
        return NOW + nanos;
    }

    private Timer after(long nanos) {
        Timer timer = new Timer(at(nanos), () -> {});
        timers.add(timer);
        return timer;
    }

    private List<Timer> due(long now) {
        List<Timer> due = new ArrayList<>();
        for (Timer timer = timers.takeDue(now); timer != null; timer = timers.takeDue(now)) {
            due.add(timer);
        }
        return due;
    }

    @Test
    void dueOnesAreTakenInTheOrderOfTheirTimesAlsoWhereTheClockWraps() {
        Timer afterTheWrap = after(20);
        Timer before = after(5);
        Timer later = after(30);
        assertThat(due(at(20))).containsExactly(before, afterTheWrap);
        assertThat(due(at(30))).containsExactly(later);
    }

    @Test
    void removedOneIsNotTaken() {
        Timer first = after(1);
        Timer second = after(2);
        timers.remove(first);
        assertThat(due(at(2))).containsExactly(second);
        timers.remove(second);
        assertThat(due(at(2))).isEmpty();
    }

    @Test
    void waitIsRoundedUpSoThatNoneIsFoundEarly() {
        assertThat(timers.waitMillis(NOW)).isEqualTo(-1);
        after(1);
        assertThat(timers.waitMillis(NOW)).isOne();
        assertThat(timers.waitMillis(at(1))).isZero();
        assertThat(timers.waitMillis(at(2))).isZero();
    }

    @Test
    void longWaitIsCut() {
        after(Long.MAX_VALUE);
        assertThat(timers.waitMillis(NOW)).isEqualTo(Integer.MAX_VALUE);
    }
}
