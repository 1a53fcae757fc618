package io.jenkins.plugins.baton.jenkins.page;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.fleet.report.Thinning;
import io.jenkins.plugins.baton.jenkins.record.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What steps left in the folder of their build: a file for what the agents said, and of each drill its report twice, whole
 * for who downloads it and thinned for the page.
 */
final class StepFiles {
    private static final String MARK = "baton-drills";
    private static final long MAX_FORMER_BYTES = 20_000_000;

    private final Path folder;

    StepFiles(Run<?, ?> build) {
        this.folder = build.getRootDir().toPath().resolve("baton");
    }

    private Path record(int step) {
        return folder.resolve("step-" + step + ".json");
    }

    private Path drill(int step, int drill) {
        return folder.resolve("step-" + step + "-drill-" + drill + ".json");
    }

    private Path page(int step, int drill) {
        return folder.resolve("step-" + step + "-drill-" + drill + "-page.json");
    }

    /** Where versions before kept the N-th run whole. */
    private Path former(int run) {
        return folder.resolve("report-" + run + ".json");
    }

    void write(int step, StepRecord record) throws IOException {
        replace(record(step), record.json());
    }

    /** Empty when there is none. */
    StepRecord read(int step) throws IOException {
        return Files.exists(record(step)) ? StepRecord.parse(Files.readString(record(step))) : StepRecord.EMPTY;
    }

    /** @param json of that report */
    void write(int step, int drill, DrillReport report, String json) throws IOException {
        replace(drill(step, drill), json);
        replace(page(step, drill), ReportFiles.json(Thinning.of(report)));
    }

    /**
     * A report as a page can show it.
     *
     * @param run how many steps of the build drilled before this one
     * @throws IOException with a sentence when it is gone, damaged, or too large in a version before
     */
    DrillReport read(int step, int drill, int run) throws IOException {
        if (Files.exists(page(step, drill))) {
            return ReportFiles.parseDrill(Files.readString(page(step, drill)));
        }
        Path former = former(run);
        if (Files.exists(former) && Files.size(former) > MAX_FORMER_BYTES) {
            throw new IOException("it has more than " + MAX_FORMER_BYTES / 1_000_000 + " MB; it can be downloaded");
        }
        RunReport report = ReportFiles.read(former);
        if (!RunReport.FORMAT.equals(report.format())) {
            throw new IOException(
                    "its format is " + report.format() + ", and this version of the plugin reads " + RunReport.FORMAT);
        }
        if (drill >= report.drills().size()) {
            throw new IOException("there is none");
        }
        return Thinning.of(report.drills().get(drill));
    }

    /** The whole reports of a step's drills, those that are there. */
    List<Path> drills(int step, int count) {
        return IntStream.range(0, count)
                .mapToObj(drill -> drill(step, drill))
                .filter(Files::exists)
                .toList();
    }

    /** Null when no version before left one. */
    Path formerRun(int run) {
        return Files.exists(former(run)) ? former(run) : null;
    }

    private void replace(Path file, String text) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(file.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A drill that did not run to its end leaves no report, but a point of the trend. */
    static void markDrilled(Job<?, ?> job) throws IOException {
        if (!any(job)) {
            Files.writeString(mark(job), "");
        }
    }

    /** Whether a build of the job ever had a drill: asked on every page of the job, so that no build is loaded for it. */
    static boolean any(Job<?, ?> job) {
        return Files.exists(mark(job));
    }

    private static Path mark(Job<?, ?> job) {
        return job.getRootDir().toPath().resolve(MARK);
    }
}
