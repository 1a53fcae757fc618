package io.jenkins.plugins.baton.lab.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.usage.SystemCalls.Call;
import io.jenkins.plugins.baton.lab.usage.SystemCalls.Count;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemCallsTest {
    private static final String TABLE = """
            strace: Process 4711 attached with 2 threads
            strace: Process 4711 detached
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             62.50    0.000050          10         5         2 read
             37.50    0.000030          10         3           epoll_pwait2
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.000080          10         8         2 total
            """;

    @Test
    void eachCallIsReadFromTheTableOfStraceAndTheSumIsNoCall() {
        assertThat(SystemCalls.parse(TABLE)).isEqualTo(Map.of("read", new Call(5, 2), "epoll_pwait2", new Call(3, 0)));
    }

    @Test
    void callsAreCountedByTheSecond() {
        Count count = new Count(4, SystemCalls.parse(TABLE));

        assertThat(count.perSecond()).isEqualTo(2);
        assertThat(count.failedPerSecond()).isEqualTo(0.5);
    }

    @Test
    void aProcessThatCallsNothingHasNoTable() {
        assertThat(SystemCalls.parse("strace: Process 4711 attached\n")).isEmpty();
    }
}
