package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.bench.idle.IdleRows;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What idle nodes cost, for the page: whatever sizes and minutes were measured. */
final class IdleTables {
    private static final List<String> CANDIDATES = List.of(IdleRows.REFERENCE, IdleRows.BATON);
    private static final String PREFIX = "idle, ";
    private static final String CPU = ": " + IdleRows.CPU;
    /** Threads that have less are none that one would look at, ms/s. */
    private static final double LEAST_OF_A_THREAD = 0.05;

    private final Samples samples;

    IdleTables(Samples samples) {
        this.samples = samples;
    }

    /** A row for each node and minute: processor time with its ratio and spread, and the medians of the rest. */
    Table nodes() {
        Table table = new Table(samples, String.join(" · ", IdleRows.METRICS), CANDIDATES);
        measured()
                .forEach(node -> table.cells(
                        node, CANDIDATES.stream().map(who -> cell(node, who)).toList()));
        return table;
    }

    private String cell(String node, String who) {
        return samples.spread(row(node, IdleRows.CPU), who)
                .map(cpu -> ratio(node, who)
                        + Stream.concat(
                                        Stream.of(cpu.toString()),
                                        IdleRows.METRICS.stream().skip(1).map(metric -> median(node, metric, who)))
                                .reduce((left, right) -> left + " · " + right)
                                .orElseThrow())
                .orElse("");
    }

    private String ratio(String node, String who) {
        double ratio = value(row(node, IdleRows.CPU), who) / value(row(node, IdleRows.CPU), IdleRows.REFERENCE);
        return who.equals(IdleRows.REFERENCE) || Double.isNaN(ratio) ? "" : "**%.2f** · ".formatted(ratio);
    }

    private String median(String node, String metric, String who) {
        return samples.spread(row(node, metric), who).map(Spread::middle).orElse("");
    }

    /** A table for each minute at which three nodes were measured. */
    String threads() {
        String prefix = IdleRows.rows(IdleRows.SMALL, IdleRows.HOLDER);
        return samples.names(prefix, CPU).stream()
                .map(row -> threads(row.substring(prefix.length(), row.length() - CPU.length())))
                .map(Table::toString)
                .collect(Collectors.joining("\n\n"));
    }

    /** The threads of a holder: a column for each candidate. */
    private Table threads(String minutes) {
        Table table = new Table(samples, "ms/s, minute " + minutes, CANDIDATES);
        String prefix = IdleRows.thread(IdleRows.SMALL, minutes, "");
        samples.names(prefix, "").stream()
                .filter(row -> CANDIDATES.stream().anyMatch(who -> value(row, who) >= LEAST_OF_A_THREAD))
                .forEach(row -> table.row(row.substring(prefix.length()), row));
        return table;
    }

    BarChart chart() {
        BarChart chart =
                new BarChart("Idle processor time, " + IdleRows.REFERENCE + " = 1: less is better", CANDIDATES, false);
        measured()
                .forEach(node -> chart.add(new BarChart.Group(
                        node,
                        CANDIDATES.stream()
                                .map(who -> value(row(node, IdleRows.CPU), who)
                                        / value(row(node, IdleRows.CPU), IdleRows.REFERENCE))
                                .toList())));
        return chart;
    }

    private List<String> measured() {
        return samples.names(PREFIX, CPU).stream()
                .map(row -> row.substring(PREFIX.length(), row.length() - CPU.length()))
                .toList();
    }

    private static String row(String node, String metric) {
        return PREFIX + node + ": " + metric;
    }

    private double value(String row, String who) {
        return samples.spread(row, who).map(Spread::median).orElse(Double.NaN);
    }
}
