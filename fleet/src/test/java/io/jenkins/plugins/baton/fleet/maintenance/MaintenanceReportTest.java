package io.jenkins.plugins.baton.fleet.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.status.StatusJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaintenanceReportTest {
    private static final String WORK_AT = "2026-06-01T12:00:30.000Z";

    private static ClientFigures figures(int attempts, int failed, String... lossesAt) {
        List<ClientFigures.Loss> losses = List.of(lossesAt).stream()
                .map(at -> new ClientFigures.Loss(at, "reset"))
                .toList();
        return new ClientFigures(attempts, failed, 0, failed * 10, 12, 20, losses.size(), losses, List.of(), 0);
    }

    private static MaintenanceReport report(String workFailed, List<String> trouble, ClientFigures client) {
        return new MaintenanceReport(
                "example",
                "m2",
                "root on desk",
                "2026-06-01T12:00:00.000Z",
                "2026-06-01T14:00:00Z",
                List.of(
                        new Phase(Phase.DRAIN, "2026-06-01T12:00:00.000Z", 30_000, ""),
                        new Phase(Phase.WORK, WORK_AT, 60_000, "")),
                2,
                false,
                workFailed,
                trouble,
                client);
    }

    @Test
    void theSummarySaysWhatAClientSawAndWhatWasLostBeforeTheWork() {
        ClientFigures client = figures(9000, 0, "2026-06-01T12:00:10.000Z", "2026-06-01T12:00:31.000Z");

        assertThat(report("", List.of(), client).summary())
                .isEqualTo(
                        "m2 is back after 90 s; 0 of 9000 connects failed, 2 of 20 held connections lost (1 before the "
                                + "work began), longest outage 0.0 ms");
    }

    /** A moment without milliseconds is written without them, and is no later than the others of its second. */
    @Test
    void whatWasLostAtAWholeSecondWasLostBeforeTheWorkOfThatSecond() {
        ClientFigures client = figures(10, 0, "2026-06-01T12:00:30Z");
        MaintenanceReport report = new MaintenanceReport(
                "example",
                "m2",
                "root on desk",
                "2026-06-01T12:00:00.000Z",
                "2026-06-01T14:00:00Z",
                List.of(new Phase(Phase.WORK, "2026-06-01T12:00:30.500Z", 60_000, "")),
                0,
                false,
                "",
                List.of(),
                client);

        assertThat(report.lostBeforeWork()).isEqualTo(1);
    }

    @Test
    void itPassesOnlyWhenTheWorkDidAndTheNodeIsBack() {
        assertThat(report("", List.of(), null).passed()).isTrue();
        assertThat(report("status 1", List.of(), null).passed()).isFalse();
        assertThat(report("status 1", List.of(), null).summary())
                .isEqualTo("m2 is back, but the work failed: status 1 after 90 s");
        assertThat(report("", List.of("m2: is FAULT"), null).passed()).isFalse();
        assertThat(report("", List.of("m2: is FAULT"), null).summary())
                .isEqualTo("m2 is not back as it should be after 90 s");
    }

    @Test
    void asJsonItCanBeReadAgain() throws Exception {
        MaintenanceReport report = report("status 1", List.of("m2: is FAULT"), figures(10, 1));

        assertThat(StatusJson.mapper().readValue(report.json(), MaintenanceReport.class))
                .isEqualTo(report);
    }

    @Test
    void figuresOfAClientThatWentOnAddUpAndKnowTheGap() {
        ClientFigures sum = figures(10, 1, "a").then(figures(20, 3, "b"), 4000);

        assertThat(sum.attempts()).isEqualTo(30);
        assertThat(sum.failedConnects()).isEqualTo(4);
        assertThat(sum.outageMillis()).isEqualTo(30);
        assertThat(sum.lost()).isEqualTo(2);
        assertThat(sum.losses()).extracting(ClientFigures.Loss::at).containsExactly("a", "b");
        assertThat(sum.unmeasuredMillis()).isEqualTo(4000);
        assertThat(ClientFigures.NONE.then(sum, 0)).isEqualTo(sum);
    }
}
