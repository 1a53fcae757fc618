package io.jenkins.plugins.baton.fleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Probes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static DrillReport with(Probes probes) {
        DrillReport drill = ReportFilesTest.run().drills().get(0);
        return drill.toBuilder().probes(probes).build();
    }

    @Test
    void ofAMillionAttemptsTheSlowestAndTheOneThatFailedAreKept() {
        int attempts = 1_000_000;
        double[] start = new double[attempts];
        double[] latency = new double[attempts];
        int[] result = new int[attempts];
        for (int i = 0; i < attempts; i++) {
            start[i] = i;
            latency[i] = 1;
        }
        latency[123_456] = 777;
        result[654_321] = 5;

        Probes kept = Thinning.of(with(new Probes(start, latency, result, List.of("answered"))))
                .probes();

        assertThat(kept.startMillis())
                .hasSizeLessThanOrEqualTo(6000)
                .contains(123_456, 654_321)
                .isSorted();
        assertThat(Arrays.stream(kept.latencyMillis()).max()).hasValue(777);
        assertThat(Arrays.stream(kept.result()).filter(one -> one == 5).count()).isEqualTo(1);
        assertThat(kept.latencyMillis()).hasSameSizeAs(kept.startMillis());
    }

    @Test
    void aShortDrillIsKeptAsItIs() {
        DrillReport drill = ReportFilesTest.run().drills().get(0);

        assertThat(Thinning.of(drill)).usingRecursiveComparison().isEqualTo(drill);
    }
}
