package io.jenkins.plugins.baton.lab.demo;

import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.FaultRun.Outcome;
import java.util.List;

/** The table at the end of the demo. */
final class Report {
    private static final String ROW = "  %-18s %-7s %-18s %-7s %9s %8s %6s %12s %14s";

    private Report() {}

    static List<String> heading() {
        return List.of(
                ROW.formatted(
                        "fault",
                        "on",
                        "took over",
                        "VIP now",
                        "connects",
                        "failed",
                        "slow",
                        "longest outage",
                        "sessions lost"),
                "  "
                        + "-"
                                .repeat(ROW.formatted("", "", "", "", "", "", "", "", "")
                                                .length()
                                        - 2));
    }

    static String row(Outcome outcome) {
        return ROW.formatted(
                outcome.fault().title(),
                outcome.victim(),
                outcome.takeover()
                        .map(t -> t.by() + " in " + t.after().toMillis() + " ms")
                        .orElse("not needed"),
                outcome.holder().map(Host::name).orElse("nobody"),
                outcome.impact().connects(),
                outcome.impact().failed(),
                outcome.impact().slow(),
                outcome.impact().outage().toMillis() + " ms",
                outcome.impact().lostSessions());
    }
}
