package io.jenkins.plugins.baton.fleet.cli;

import java.util.ArrayList;
import java.util.List;

/** A table of plain text; each column is as wide as its longest cell. */
final class Columns {
    private static final String BETWEEN = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Columns(String... headers) {
        rows.add(List.of(headers));
    }

    /** @param cells as many as there are headers */
    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
    }

    /** The table's lines, the headers first, without spaces at the ends. */
    List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(BETWEEN);
        }
        return line.toString().stripTrailing();
    }
}
