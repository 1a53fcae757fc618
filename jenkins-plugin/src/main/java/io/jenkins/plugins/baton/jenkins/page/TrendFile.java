package io.jenkins.plugins.baton.jenkins.page;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The drills of a job's latest builds, in a file beside them, a line each: the trend is drawn without loading a build. It
 * lies in the job's folder, so that a renamed or moved job keeps it. Where a version before left none, it is made of the
 * builds, once.
 */
final class TrendFile {
    private static final Logger LOGGER = Logger.getLogger(TrendFile.class.getName());

    /** A trend is about the last weeks. */
    private static final int MAX_BUILDS = 150;

    /** Eight scenarios in each of them. */
    private static final int MAX_POINTS = 1200;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .build();

    /** Of all such files: whoever holds it reads or writes a few hundred lines. */
    private static final Object LOCK = new Object();

    private final Job<?, ?> job;
    private final Path file;

    TrendFile(Job<?, ?> job) {
        this.job = job;
        this.file = job.getRootDir().toPath().resolve("baton-trend.jsonl");
    }

    /** A step that drilled has ended, and its build is saved. */
    void add(Run<?, ?> build, StepResult step) throws IOException {
        synchronized (LOCK) {
            if (!Files.exists(file)) {
                write(ofBuilds());
                return;
            }
            Files.writeString(file, text(TrendPoint.of(build, step)), StandardOpenOption.APPEND);
            List<TrendEntry> all = read();
            if (all.size() > 2 * MAX_POINTS) {
                write(newest(all));
            }
        }
    }

    /** A build was deleted. */
    void remove(int build) throws IOException {
        synchronized (LOCK) {
            if (Files.exists(file)) {
                write(read().stream().filter(entry -> entry.build() != build).toList());
            }
        }
    }

    /** The newest build first, the drills of each in order. */
    List<TrendPoint> points() throws IOException {
        synchronized (LOCK) {
            if (!Files.exists(file)) {
                write(ofBuilds());
            }
            return newest(read()).stream().map(TrendPoint::new).toList();
        }
    }

    private static List<TrendEntry> newest(List<TrendEntry> all) {
        List<TrendEntry> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(TrendEntry::build)
                .reversed()
                .thenComparingInt(TrendEntry::step)
                .thenComparingInt(TrendEntry::drill));
        List<TrendEntry> newest = new ArrayList<>();
        int builds = 0;
        int last = 0;
        for (TrendEntry entry : sorted) {
            builds += entry.build() == last ? 0 : 1;
            last = entry.build();
            if (builds > MAX_BUILDS || newest.size() == MAX_POINTS) {
                break;
            }
            newest.add(entry);
        }
        return newest;
    }

    /** Loads them. */
    private List<TrendEntry> ofBuilds() {
        List<TrendEntry> entries = new ArrayList<>();
        int builds = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null && builds < MAX_BUILDS; run = run.getPreviousBuild()) {
            builds++;
            ControlPlaneAction action = run.getAction(ControlPlaneAction.class);
            if (action != null) {
                for (StepResult step : action.getSteps()) {
                    entries.addAll(TrendPoint.of(run, step));
                }
            }
        }
        return entries;
    }

    private List<TrendEntry> read() throws IOException {
        List<TrendEntry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            try {
                TrendEntry entry = JSON.readValue(line, TrendEntry.class);
                if (entry != null && entry.result() != null) {
                    entries.add(entry);
                }
            } catch (JsonProcessingException e) {
                // A full disk cut it short, or somebody wrote in it.
                LOGGER.log(Level.FINE, e, () -> "a line of " + file + " cannot be read");
            }
        }
        return entries;
    }

    private void write(List<TrendEntry> entries) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text(entries));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String text(List<TrendEntry> entries) throws JsonProcessingException {
        StringBuilder text = new StringBuilder();
        for (TrendEntry entry : entries) {
            text.append(JSON.writeValueAsString(entry)).append('\n');
        }
        return text.toString();
    }
}
