package io.jenkins.plugins.baton.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Markdown table: a column for each candidate, a row for each thing measured. */
final class Table {
    private final Samples samples;
    private final List<String> columns;
    private final List<String> lines = new ArrayList<>();

    Table(Samples samples, String corner, List<String> columns) {
        this.samples = samples;
        this.columns = columns;
        lines.add("| " + corner + " | " + String.join(" | ", columns) + " |");
        lines.add("|---" + "|---:".repeat(columns.size()) + "|");
    }

    /** Median and spread of each; nothing where nothing was measured. */
    Table row(String label, String what) {
        return cells(
                label,
                columns.stream()
                        .map(who ->
                                samples.spread(what, who).map(Spread::toString).orElse(""))
                        .toList());
    }

    /** The same with the ratio of its median to the first column's in front. */
    Table ratioRow(String label, String what) {
        Optional<Spread> first = samples.spread(what, columns.get(0));
        return cells(
                label,
                columns.stream()
                        .map(who -> samples.spread(what, who)
                                .map(own -> ratio(own, first, who) + own)
                                .orElse(""))
                        .toList());
    }

    private String ratio(Spread own, Optional<Spread> first, String who) {
        return first.isEmpty() || who.equals(columns.get(0))
                ? ""
                : "**%.2f** · ".formatted(own.median() / first.get().median());
    }

    Table cells(String label, List<String> cells) {
        if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
            lines.add("| " + label + " | " + cells.stream().collect(Collectors.joining(" | ")) + " |");
        }
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
