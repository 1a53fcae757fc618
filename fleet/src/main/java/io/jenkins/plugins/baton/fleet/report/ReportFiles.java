package io.jenkins.plugins.baton.fleet.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes a run as {@code report.json}, {@code junit.xml} and {@code report.html} into one folder. */
public final class ReportFiles {
    private static final JsonMapper JSON = StatusJson.mapper();

    private ReportFiles() {}

    /** With the ECharts that this program has. */
    public static void write(RunReport run, Path folder, Locale locale) throws IOException {
        write(run, folder, locale, HtmlPage.echarts());
    }

    /**
     * @param folder made when it is not there
     * @param locale of the page; the other files are for programs
     * @param echarts the script that the page draws with, and has in it
     */
    public static void write(RunReport run, Path folder, Locale locale, String echarts) throws IOException {
        Files.createDirectories(folder);
        String json = json(run);
        Files.writeString(folder.resolve("report.json"), json + "\n");
        Files.writeString(folder.resolve("junit.xml"), JunitXml.of(run));
        Files.writeString(folder.resolve("report.html"), HtmlPage.of(run, json, locale, echarts));
    }

    /** The run as {@code report.json} has it, in one line. */
    public static String json(RunReport run) throws IOException {
        return JSON.writeValueAsString(run);
    }

    /** Words as JSON in one line. */
    static String line(Map<String, String> words) {
        try {
            return JSON.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every text can be JSON", e);
        }
    }

    /** Reads what {@link #json} wrote, here or in an earlier version. */
    public static RunReport parse(String json) throws IOException {
        return JSON.readValue(FirstFormat.upgrade(json), RunReport.class);
    }

    /** Reads what {@link #write} wrote. */
    public static RunReport read(Path json) throws IOException {
        return parse(Files.readString(json));
    }
}
