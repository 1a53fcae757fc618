package io.jenkins.plugins.baton.fleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in Chromium, without a network. */
class ReportPageIT {
    @TempDir
    Path folder;

    private String dom() throws Exception {
        ReportFiles.write(ReportFilesTest.run(), folder, Locale.ENGLISH);
        Path output = folder.resolve("dom.html");
        Process browser = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--virtual-time-budget=10000",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        folder.resolve("report.html").toUri().toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(browser.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void bothChartsOfADrillAreDrawn() throws Exception {
        String dom = dom();

        assertThat(dom).contains("</html>").doesNotContain("<figure hidden");
        assertThat(dom.split("<canvas", -1).length - 1).isGreaterThanOrEqualTo(2);
    }
}
