package io.jenkins.plugins.baton.fleet.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The drills that the reports below a directory tell of, in short: what a client saw, most of a report, is skipped. */
public final class ReportedDrills {
    private static final String FILE = "report.json";

    /** A directory for each report, and perhaps one for each cluster above. */
    private static final int MAX_DEPTH = 4;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ReportedDrills() {}

    /**
     * @param scenario its word
     * @param at when it began; of one that did not run to its end, when that was reported
     * @param complete whether it ran to its end
     */
    public record Reported(String scenario, Instant at, boolean complete) {}

    private record Run(String cluster, List<Begun> drills, Begun unfinished) {}

    private record Begun(String scenario, String startedAt) {}

    /**
     * The drills of one cluster; none when the directory is not there yet.
     *
     * @throws IOException with a sentence when a report cannot be read: an order that is made of half the reports is wrong
     */
    public static List<Reported> of(String cluster, Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory + " is not a directory of reports");
        }
        List<Reported> drills = new ArrayList<>();
        try (Stream<Path> found = Files.walk(directory, MAX_DEPTH)) {
            for (Path file : found.filter(path -> path.endsWith(FILE)).sorted().toList()) {
                Run run = read(file);
                if (cluster.equals(run.cluster())) {
                    for (Begun drill : run.drills() == null ? List.<Begun>of() : run.drills()) {
                        drills.add(new Reported(drill.scenario(), moment(drill.startedAt(), file), true));
                    }
                    if (run.unfinished() != null) {
                        Instant reported = Files.getLastModifiedTime(file).toInstant();
                        drills.add(new Reported(run.unfinished().scenario(), reported, false));
                    }
                }
            }
        }
        return drills;
    }

    private static Run read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), Run.class);
        } catch (JacksonException e) {
            throw new IOException(file + " is not the report of a drill; move it away", e);
        }
    }

    private static Instant moment(String text, Path file) throws IOException {
        try {
            return Instant.parse(String.valueOf(text));
        } catch (DateTimeParseException e) {
            throw new IOException(file + " does not say when its drills began; move it away", e);
        }
    }
}
