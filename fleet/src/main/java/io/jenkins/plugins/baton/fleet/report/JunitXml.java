package io.jenkins.plugins.baton.fleet.report;

import java.util.Locale;
import java.util.stream.Collectors;

/** A run as JUnit's XML, which every CI server shows: a drill is a test case. */
final class JunitXml {
    private JunitXml() {}

    static String of(RunReport run) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        long failures = run.drills().stream().filter(drill -> !drill.passed()).count();
        int refused = run.refusal().isEmpty() ? 0 : 1;
        xml.append("<testsuite name=\"baton.%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\">%n"
                .formatted(Markup.escape(run.cluster()), run.drills().size() + refused, failures, refused));
        for (DrillReport drill : run.drills()) {
            double seconds = (drill.moments().get(drill.moments().size() - 1).atMillis()) / 1000;
            xml.append(String.format(
                    Locale.ROOT,
                    "  <testcase classname=\"baton.%s\" name=\"%s on %s\" time=\"%.3f\">%n",
                    Markup.escape(run.cluster()),
                    drill.scenario(),
                    Markup.escape(drill.node()),
                    seconds));
            if (!drill.passed()) {
                String broken = drill.verdict().stream()
                        .filter(rule -> !rule.passed())
                        .map(rule -> rule.text() + ": " + rule.measured())
                        .collect(Collectors.joining("\n"));
                xml.append("    <failure message=\"the verdict was not met\">%s</failure>%n"
                        .formatted(Markup.escape(broken)));
            }
            xml.append("  </testcase>\n");
        }
        if (refused > 0) {
            xml.append("  <testcase classname=\"baton.%s\" name=\"the next drill\">%n    <error message=\"refused\">%s"
                            .formatted(Markup.escape(run.cluster()), Markup.escape(run.refusal())))
                    .append("</error>\n  </testcase>\n");
        }
        return xml.append("</testsuite>\n").toString();
    }
}
