package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.DrillSection;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jvnet.localizer.LocaleProvider;

/** What the page of a build shows: the same sections and charts as the report of the operator's program. */
public final class DrillsPage {
    /** A drill of minutes with a probe every 5 ms is 1 MB or two; a browser draws ten of those without complaint. */
    private static final long MAX_BYTES = 20_000_000;

    private final List<DrillReport> drills = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private DrillsPage() {}

    static DrillsPage of(int count, StoredReports reports) {
        DrillsPage page = new DrillsPage();
        long bytes = 0;
        for (int number = 0; number < count; number++) {
            try {
                bytes += reports.length(number);
                if (bytes > MAX_BYTES) {
                    page.notes.add(Messages.DrillsPage_tooLarge(number + 1));
                    break;
                }
                RunReport report = reports.read(number);
                page.drills.addAll(report.drills());
                if (!report.refusal().isEmpty()) {
                    page.notes.add(Messages.DrillsPage_refused(report.refusal()));
                }
            } catch (IOException e) {
                page.notes.add(Messages.DrillsPage_unreadable(number + 1, e.getMessage()));
            }
        }
        return page;
    }

    /** Markup, in which everything that came from a node is escaped. */
    public String getHtml() {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < drills.size(); i++) {
            html.append(new DrillSection(drills.get(i), LocaleProvider.getLocale()).html(i));
        }
        return html.toString();
    }

    /** The data of the charts; safe inside a script element. */
    public String getJson() throws IOException {
        return ReportFiles.json(new RunReport(RunReport.FORMAT, "", "", true, drills, ""))
                .replace("<", "\\u003c");
    }

    /** What a reader should know about what is not shown. */
    public List<String> getNotes() {
        return notes;
    }
}
