package io.jenkins.plugins.baton.fleet.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a run as {@code report.json}, {@code junit.xml} and {@code report.html} into one folder. */
public final class ReportFiles {
    /** A report of a later version may say more. */
    private static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ReportFiles() {}

    /** @param folder made when it is not there */
    public static void write(RunReport run, Path folder) throws IOException {
        Files.createDirectories(folder);
        String json = json(run);
        Files.writeString(folder.resolve("report.json"), json + "\n");
        Files.writeString(folder.resolve("junit.xml"), JunitXml.of(run));
        Files.writeString(folder.resolve("report.html"), HtmlPage.of(run, json));
    }

    /**
     * One drill as HTML without a script, for other pages: {@code drill-charts.js} beside this class fills its charts
     * when the page has ECharts and the run's JSON in an element {@code #baton-drills}.
     *
     * @param index of the drill in the run
     */
    public static String section(DrillReport drill, int index) {
        return new DrillSection(drill).html(index);
    }

    /** The run as {@code report.json} has it, in one line. */
    public static String json(RunReport run) throws IOException {
        return JSON.writeValueAsString(run);
    }

    /** Reads what {@link #json} wrote. */
    public static RunReport parse(String json) throws IOException {
        return JSON.readValue(json, RunReport.class);
    }

    /** Reads what {@link #write} wrote. */
    public static RunReport read(Path json) throws IOException {
        return JSON.readValue(json.toFile(), RunReport.class);
    }
}
