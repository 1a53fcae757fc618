package io.jenkins.plugins.baton.fleet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportedDrillsTest {
    @TempDir
    Path folder;

    private void report(String place, String text) throws IOException {
        Path file = folder.resolve(place).resolve("report.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void everyReportOfTheClusterCountsAndNoOther() throws Exception {
        report("a", """
                {"format": "baton-drill/1", "cluster": "prod", "drills": [
                  {"scenario": "handover", "startedAt": "2026-01-01T00:00:00Z", "probes": {"startMillis": [1, 2]}},
                  {"scenario": "agent-kill", "startedAt": "2026-01-02T00:00:00Z"}]}""");
        report("b/c", """
                {"cluster": "prod", "drills": [{"scenario": "handover", "startedAt": "2026-02-01T00:00:00.250Z"}]}""");
        report("d", """
                {"cluster": "other", "drills": [{"scenario": "partition", "startedAt": "2026-03-01T00:00:00Z"}]}""");
        report("e", "{\"cluster\": \"prod\"}");
        report("f", "{\"cluster\": \"prod\", \"unfinished\": {\"scenario\": \"host-down\", \"outcome\": \"refused\"}}");
        Instant reported = Instant.parse("2026-02-03T04:05:06Z");
        Files.setLastModifiedTime(folder.resolve("f/report.json"), FileTime.from(reported));
        Files.writeString(folder.resolve("notes.json"), "none");

        assertThat(ReportedDrills.of("prod", folder))
                .containsExactly(
                        new ReportedDrills.Reported("handover", Instant.parse("2026-01-01T00:00:00Z"), true),
                        new ReportedDrills.Reported("agent-kill", Instant.parse("2026-01-02T00:00:00Z"), true),
                        new ReportedDrills.Reported("handover", Instant.parse("2026-02-01T00:00:00.250Z"), true),
                        new ReportedDrills.Reported("host-down", reported, false));
        assertThat(ReportedDrills.of("prod", folder.resolve("not-there-yet"))).isEmpty();
    }

    @Test
    void aReportThatCannotBeReadIsNamed() throws Exception {
        report("half", "{\"cluster\": \"prod\", \"dri");
        assertThatThrownBy(() -> ReportedDrills.of("prod", folder))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("half/report.json") + " is not the report of a drill; move it away");

        report("half", "{\"cluster\": \"prod\", \"drills\": [{\"scenario\": \"handover\"}]}");
        assertThatThrownBy(() -> ReportedDrills.of("prod", folder)).hasMessageContaining("does not say when");
        assertThatThrownBy(() -> ReportedDrills.of("prod", folder.resolve("half/report.json")))
                .hasMessageContaining("is not a directory of reports");
    }
}
