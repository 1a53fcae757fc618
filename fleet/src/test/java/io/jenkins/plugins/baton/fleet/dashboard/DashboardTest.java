package io.jenkins.plugins.baton.fleet.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dashboard for Grafana, and its picture in the documents. */
class DashboardTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path PICTURE = DOCS.resolve("images/dashboard.svg");
    private static final JsonMapper JSON = new JsonMapper();

    private static List<Panel> panels() throws IOException {
        return Panel.of(JSON.readTree(Files.readString(DOCS.resolve("examples/grafana-dashboard.json"))));
    }

    private static Recording recording() throws IOException {
        try (InputStream stream = DashboardTest.class.getResourceAsStream("recording.json")) {
            JsonNode recording = JSON.readTree(stream);
            return Recording.of(recording);
        }
    }

    @Test
    void prometheusAnsweredEveryQuery() throws Exception {
        Recording recording = recording();
        for (Panel panel : panels()) {
            for (Panel.Query query : panel.queries()) {
                assertThat(recording.answers().getOrDefault(query.expression(), List.of()))
                        .as("the answer to " + query.expression() + ": put that of a Prometheus into recording.json")
                        .isNotEmpty()
                        .allMatch(series -> series.values().length == recording.looks());
            }
        }
    }

    @Test
    void noPanelIsOnAnother() throws Exception {
        boolean[][] taken = new boolean[1000][24];
        for (Panel panel : panels()) {
            Panel.Place place = panel.place();
            for (int y = place.y(); y < place.y() + place.height(); y++) {
                for (int x = place.x(); x < place.x() + place.width(); x++) {
                    assertThat(taken[y][x]).as(panel.title()).isFalse();
                    taken[y][x] = true;
                }
            }
        }
    }

    /** {@code -Dbaton.writeDocuments=true} brings it up to date. */
    @Test
    void thePictureInTheDocumentsShowsTheDashboard() throws Exception {
        String drawn = DashboardDrawing.of(panels(), recording());
        if (Boolean.getBoolean("baton.writeDocuments")) {
            Files.writeString(PICTURE, drawn);
        }
        assertThat(Files.readString(PICTURE))
                .as("docs/images/dashboard.svg follows from grafana-dashboard.json; run: mvn -pl fleet -am test"
                        + " -Dtest=DashboardTest -Dsurefire.failIfNoSpecifiedTests=false -Dbaton.writeDocuments=true")
                .isEqualTo(drawn);
    }
}
