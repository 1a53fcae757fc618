package io.jenkins.plugins.baton.fleet.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.baton.fleet.DeferredInterrupt;
import io.jenkins.plugins.baton.fleet.FileTrouble;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a run as {@code report.json}, {@code junit.xml}, {@code metrics.prom} and {@code report.html} into one folder. */
public final class ReportFiles {
    private static final JsonMapper JSON = StatusJson.mapper();

    private ReportFiles() {}

    /**
     * Makes sure, before a fault is caused, that its report can be written afterwards.
     *
     * @param folder made when it is not there
     * @throws FleetException when nothing can be written there
     */
    public static void prepare(Path folder) throws FleetException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "report", ".part"));
        } catch (IOException e) {
            throw FleetException.badInput("cannot write a report to " + folder + ": " + reason(e)
                    + "; name another directory, or let this user write to it");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "this user may not write there";
        }
        return e instanceof FileAlreadyExistsException ? "a file has that name" : FileTrouble.reason(e);
    }

    /** With the ECharts that this program has. */
    public static void write(RunReport run, Path folder, Locale locale) throws IOException {
        write(run, folder, locale, HtmlPage.echarts());
    }

    /**
     * An interrupt of the thread does not keep it from that: an aborted drill is a result too.
     *
     * @param folder made when it is not there
     * @param locale of the page; the other files are for programs
     * @param echarts the script that the page draws with, and has in it
     */
    public static void write(RunReport run, Path folder, Locale locale, String echarts) throws IOException {
        DeferredInterrupt.during(() -> {
            Files.createDirectories(folder);
            String json = json(run);
            Files.writeString(folder.resolve("report.json"), json + "\n");
            Files.writeString(folder.resolve("junit.xml"), JunitXml.of(run));
            Files.writeString(folder.resolve("metrics.prom"), DrillMetrics.of(run));
            Files.writeString(folder.resolve("report.html"), HtmlPage.of(run, json, locale, echarts));
        });
    }

    /**
     * The run as {@code report.json} has it, with drills that are in files of their own.
     *
     * @param run all but the drills
     * @param drills each the JSON of a {@link DrillReport}; they are copied as they are
     * @param out is not closed
     */
    public static void assemble(RunReport run, List<Path> drills, OutputStream out) throws IOException {
        String all = json(run);
        String empty = "\"drills\":[]";
        int at = all.indexOf(empty);
        out.write(all.substring(0, at + empty.length() - 1).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < drills.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            Files.copy(drills.get(i), out);
        }
        out.write(all.substring(at + empty.length() - 1).getBytes(StandardCharsets.UTF_8));
    }

    /** One drill in one line. */
    public static String json(DrillReport drill) throws IOException {
        return JSON.writeValueAsString(drill);
    }

    /** @throws IOException when it is not the JSON of a drill */
    public static DrillReport parseDrill(String json) throws IOException {
        DrillReport drill = JSON.readValue(json, DrillReport.class);
        if (drill == null) {
            throw new IOException("it is no report of a drill");
        }
        return drill;
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

    /**
     * Reads what {@link #json} wrote, here or in an earlier version.
     *
     * @throws IOException when it is not the JSON of a run
     */
    public static RunReport parse(String json) throws IOException {
        RunReport run = JSON.readValue(FirstFormat.upgrade(json), RunReport.class);
        if (run == null) {
            throw new IOException("it is no report of drills");
        }
        return run;
    }

    /** Reads what {@link #write} wrote. */
    public static RunReport read(Path json) throws IOException {
        return parse(Files.readString(json));
    }
}
