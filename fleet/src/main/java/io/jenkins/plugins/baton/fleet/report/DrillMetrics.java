package io.jenkins.plugins.baton.fleet.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The last drill of each scenario of a run in Prometheus' text format, for a textfile collector: when it was, whether it
 * passed, what it measured.
 */
final class DrillMetrics {
    private DrillMetrics() {}

    static String of(RunReport run) {
        Map<String, DrillReport> last = new LinkedHashMap<>();
        run.drills().stream()
                .filter(drill ->
                        !drill.startedAt().isEmpty()) // of an older version; the moment is what the series are about
                .forEach(drill -> last.put(drill.scenario(), drill));
        return family(
                        run,
                        last,
                        "started_timestamp_seconds",
                        "When the last drill of this scenario began",
                        drill -> Instant.parse(drill.startedAt()).toEpochMilli() / 1000.0)
                + family(
                        run,
                        last,
                        "passed",
                        "Whether the last drill of this scenario met its demands",
                        drill -> drill.passed() ? 1.0 : 0.0)
                + family(
                        run,
                        last,
                        "outage_seconds",
                        "Longest time of the last drill of this scenario in which no new connection was served",
                        drill -> drill.figures().outageMillis() / 1000);
    }

    private static String family(
            RunReport run,
            Map<String, DrillReport> drills,
            String name,
            String help,
            Function<DrillReport, Double> value) {
        String metric = "baton_drill_" + name;
        StringBuilder text = new StringBuilder("# HELP " + metric + " " + help + "\n# TYPE " + metric + " gauge\n");
        drills.forEach((scenario, drill) -> text.append(String.format(
                Locale.ROOT,
                "%s{cluster=\"%s\",scenario=\"%s\"} %.3f\n",
                metric,
                run.cluster().replace("\\", "\\\\").replace("\"", "\\\""),
                scenario,
                value.apply(drill))));
        return text.toString();
    }
}
