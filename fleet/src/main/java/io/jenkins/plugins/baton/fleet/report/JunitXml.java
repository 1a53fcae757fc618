package io.jenkins.plugins.baton.fleet.report;

import java.util.Locale;
import java.util.stream.Collectors;

/** A run as JUnit's XML, which every CI server shows: a drill is a test case, also one that did not run to its end. */
final class JunitXml {
    private final RunReport run;
    private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private JunitXml(RunReport run) {
        this.run = run;
    }

    static String of(RunReport run) {
        return new JunitXml(run).text();
    }

    private String text() {
        long failures = run.drills().stream().filter(drill -> !drill.passed()).count();
        int errors = run.refusal().isEmpty() ? 0 : 1;
        int skipped = run.notBegun().size();
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"baton.%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">%n",
                Markup.escape(run.cluster()),
                run.drills().size() + errors + skipped,
                failures,
                errors,
                skipped));
        run.drills().forEach(this::drill);
        if (errors > 0) {
            unfinished();
        }
        run.notBegun()
                .forEach(scenario ->
                        element(scenario, "", "    <skipped message=\"an earlier drill did not run to its end\"/>\n"));
        return xml.append("</testsuite>\n").toString();
    }

    private void drill(DrillReport drill) {
        double seconds = drill.moments().isEmpty()
                ? 0
                : drill.moments().get(drill.moments().size() - 1).atMillis() / 1000;
        String broken = drill.verdict().stream()
                .filter(rule -> !rule.passed())
                .map(rule -> rule.text() + ": " + rule.measured())
                .collect(Collectors.joining("\n"));
        element(
                drill.scenario() + " on " + drill.node(),
                String.format(Locale.ROOT, " time=\"%.3f\"", seconds),
                drill.passed()
                        ? ""
                        : "    <failure message=\"the verdict was not met\">%s</failure>%n"
                                .formatted(Markup.escape(broken)));
    }

    /** A report of an earlier version does not say which drill that was. */
    private void unfinished() {
        RunReport.Unfinished last = run.unfinished() == null
                ? new RunReport.Unfinished("the next drill", "", RunReport.Unfinished.REFUSED, run.refusal())
                : run.unfinished();
        element(
                last.node().isEmpty() ? last.scenario() : last.scenario() + " on " + last.node(),
                "",
                "    <error message=\"%s\">%s</error>%n"
                        .formatted(Markup.escape(last.outcome()), Markup.escape(last.reason())));
    }

    private void element(String name, String attributes, String inside) {
        xml.append("  <testcase classname=\"baton.%s\" name=\"%s\"%s>%n%s  </testcase>%n"
                .formatted(Markup.escape(run.cluster()), Markup.escape(name), attributes, inside));
    }
}
