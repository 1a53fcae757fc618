package io.jenkins.plugins.baton.fleet.report;

import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A run as one page that holds everything it needs: styles, data, ECharts and the script that draws. */
final class HtmlPage {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

    private HtmlPage() {}

    /**
     * @param json the run as {@code report.json} has it
     * @param echarts the script of ECharts
     */
    static String of(RunReport run, String json, Locale locale, String echarts) {
        Words words = new Words(locale);
        StringBuilder sections = new StringBuilder();
        Table summary = new Table(
                words.of("drills"),
                List.of(
                        words.of("summary.scenario"),
                        words.of("nodes.node"),
                        words.of("summary.result"),
                        words.of("summary.outage"),
                        words.of("summary.failed"),
                        words.of("summary.lost")));
        for (int i = 0; i < run.drills().size(); i++) {
            DrillReport drill = run.drills().get(i);
            sections.append(new DrillSection(drill, locale).html(i));
            summary.row(
                    drill.passed() ? "" : "bad",
                    List.of(
                            drill.scenario(),
                            drill.node(),
                            words.of(drill.passed() ? "passed" : "failed"),
                            HumanUnits.measured(drill.figures().outageMillis()),
                            words.of(
                                    "client.of",
                                    String.valueOf(drill.figures().failedConnects()),
                                    String.valueOf(drill.figures().attempts())),
                            words.of(
                                    "client.of",
                                    String.valueOf(drill.figures().longLivedLost()),
                                    String.valueOf(drill.figures().longLived()))));
        }
        unfinished(run, summary, words);
        String refusal = run.refusal().isEmpty()
                ? ""
                : "<p class=\"refusal\">" + Markup.escape(words.of("refused", run.refusal())) + "</p>";
        return """
                <!DOCTYPE html>
                <html lang="%12$s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s</title>
                <style>%2$s</style>
                </head>
                <body>
                <main>
                <p class="bare">%13$s</p>
                <h1>%3$s %1$s</h1>
                %4$s%5$s%6$s
                <footer>Baton %7$s, %8$s</footer>
                </main>
                <script type="application/json" id="baton-drills">%9$s</script>
                <script>%10$s</script>
                <script>%11$s</script>
                </body>
                </html>
                """.formatted(
                        Markup.escape(words.of("title", run.cluster())),
                        resource("report.css"),
                        DrillSection.badge(run.passed(), words),
                        summary,
                        refusal,
                        sections,
                        Markup.escape(run.version()),
                        RunReport.FORMAT,
                        forScript(json),
                        echarts,
                        resource("chart-zoom.js") + resource("drill-charts.js"),
                        words.language(),
                        Markup.escape(words.of("bare")));
    }

    /** Drills that did not run to their end have a row and no section. */
    private static void unfinished(RunReport run, Table summary, Words words) {
        if (run.unfinished() != null) {
            RunReport.Unfinished last = run.unfinished();
            String outcome = words.named("unfinished", last.outcome(), last.outcome());
            summary.row("bad", List.of(last.scenario(), last.node(), outcome, "", "", ""));
        }
        run.notBegun().forEach(scenario -> summary.row(scenario, "", words.of("notBegun"), "", "", ""));
    }

    /** Our own, where the program brings one. */
    static String echarts() {
        return resource(ECHARTS);
    }

    /** JSON inside a script element must not end it. */
    private static String forScript(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read our own resource " + name, e);
        }
    }
}
