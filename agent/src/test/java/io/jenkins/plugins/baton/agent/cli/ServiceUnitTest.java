package io.jenkins.plugins.baton.agent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The unit of the distribution, as systemd judges it. */
class ServiceUnitTest {
    private static final Path UNIT = Path.of("src/main/dist/systemd/baton-agent.service");
    private static final double MAX_EXPOSURE = 2.4;

    @Test
    void theUnitLeavesNoMoreOpenThanItMust() throws Exception {
        Process analysis = new ProcessBuilder(
                        "systemd-analyze",
                        "security",
                        "--offline=yes",
                        "--no-pager",
                        UNIT.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(analysis.getInputStream().readAllBytes(), UTF_8);
        assertThat(analysis.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Matcher exposure =
                Pattern.compile("Overall exposure level .*: (\\d+\\.\\d)").matcher(said);
        assertThat(exposure.find()).as(said).isTrue();
        assertThat(Double.parseDouble(exposure.group(1))).as(said).isLessThanOrEqualTo(MAX_EXPOSURE);
    }

    @Test
    void whatTheKernelSparesForSoLongHasAnEnd() throws Exception {
        assertThat(Files.readAllLines(UNIT))
                .contains(
                        "OOMScoreAdjust=-900",
                        "MemoryMax=1536M",
                        "TasksMax=512",
                        "PrivateMounts=yes",
                        "DevicePolicy=closed");
    }
}
