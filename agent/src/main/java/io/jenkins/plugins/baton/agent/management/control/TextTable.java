package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.Printable;
import java.util.ArrayList;
import java.util.List;

/** Columns of text, aligned by blanks; colour does not count as width. */
final class TextTable {
    private static final String GAP = "  ";
    private static final String RESET = "\u001b[0m";

    /** How a cell is shown on a terminal that has colours (ECMA-48 SGR). */
    enum Style {
        PLAIN(""),
        HEADING("\u001b[1m"),
        GOOD("\u001b[32m"),
        DOUBTFUL("\u001b[33m"),
        BAD("\u001b[31m");

        private final String sequence;

        Style(String sequence) {
            this.sequence = sequence;
        }
    }

    private record Cell(String text, Style style) {}

    private final boolean colour;
    private final List<List<Cell>> rows = new ArrayList<>();

    TextTable(boolean colour, String... headings) {
        this.colour = colour;
        row();
        for (String heading : headings) {
            cell(heading, Style.HEADING);
        }
    }

    TextTable row() {
        rows.add(new ArrayList<>());
        return this;
    }

    /** Adds to the last row. */
    TextTable cell(Object text, Style style) {
        rows.get(rows.size() - 1).add(new Cell(Printable.line(String.valueOf(text)), style));
        return this;
    }

    TextTable cell(Object text) {
        return cell(text, Style.PLAIN);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (List<Cell> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                Cell cell = row.get(column);
                boolean last = column == row.size() - 1;
                out.append(styled(cell));
                if (!last) {
                    out.append(" ".repeat(width(column) - cell.text().length())).append(GAP);
                }
            }
            out.append('\n');
        }
        return out.toString();
    }

    private String styled(Cell cell) {
        return colour && cell.style() != Style.PLAIN ? cell.style().sequence + cell.text() + RESET : cell.text();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).text().length())
                .max()
                .orElse(0);
    }
}
