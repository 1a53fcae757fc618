package io.jenkins.plugins.baton.jenkins.page;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerResponse2;

/** The reports of a build, a file each in the build's folder. */
final class StoredReports {
    private static final String MARK = "baton-drills";

    private final Run<?, ?> build;
    private final Path folder;

    StoredReports(Run<?, ?> build) {
        this.build = build;
        this.folder = build.getRootDir().toPath().resolve("baton");
    }

    private Path file(int number) {
        return folder.resolve("report-" + number + ".json");
    }

    void write(int number, String json) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file(number), json);
        Path mark = mark(build.getParent());
        if (!Files.exists(mark)) {
            Files.writeString(mark, "");
        }
    }

    /** Length in bytes; 0 when there is no such file. */
    long length(int number) throws IOException {
        return Files.exists(file(number)) ? Files.size(file(number)) : 0;
    }

    /** @throws IOException when it is gone, damaged or of a format that this version does not know */
    RunReport read(int number) throws IOException {
        RunReport report = ReportFiles.read(file(number));
        if (!RunReport.FORMAT.equals(report.format())) {
            throw new IOException(
                    "its format is " + report.format() + ", and this version of the plugin reads " + RunReport.FORMAT);
        }
        return report;
    }

    void serve(int number, StaplerResponse2 response) throws IOException {
        if (!Files.exists(file(number))) {
            throw HttpResponses.notFound();
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLengthLong(Files.size(file(number)));
        try (OutputStream out = response.getOutputStream()) {
            Files.copy(file(number), out);
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
