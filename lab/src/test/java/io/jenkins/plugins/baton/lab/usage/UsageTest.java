package io.jenkins.plugins.baton.lab.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.usage.Usage.ThreadUsage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final long MS = 1_000_000;

    @Test
    void threadsOfOneNameAreOneAndANewOneCountsFromItsBeginning() {
        Usage before =
                new Usage(0, Map.of(1L, new ThreadUsage("health", 10 * MS, 5), 2L, new ThreadUsage("vrrp", MS, 7)));
        Usage after = new Usage(
                2000 * MS,
                Map.of(
                        1L, new ThreadUsage("health", 14 * MS, 9),
                        2L, new ThreadUsage("vrrp", 3 * MS, 27),
                        3L, new ThreadUsage("health", 6 * MS, 2)));

        Spent spent = after.since(before);

        assertThat(spent.threads())
                .isEqualTo(Map.of("health", new Spent.Share(10 * MS, 6), "vrrp", new Spent.Share(2 * MS, 20)));
        assertThat(spent.processorMillisPerSecond()).isEqualTo(6);
        assertThat(spent.wakeUpsPerSecond()).isEqualTo(13);
    }
}
