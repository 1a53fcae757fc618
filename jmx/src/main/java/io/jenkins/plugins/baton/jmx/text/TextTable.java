package io.jenkins.plugins.baton.jmx.text;

import java.util.ArrayList;
import java.util.List;

/** A table on a terminal: columns aligned by blanks. What a cell says cannot control the terminal. One thread. */
public final class TextTable {
    private static final String GAP = "  ";
    private static final String RESET = "\u001b[0m";

    /** How a cell is shown on a terminal that has colours (ECMA-48 SGR). */
    public enum Style {
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

    /** @param colour whether the styles are shown */
    public TextTable(boolean colour, String... headings) {
        this.colour = colour;
        row();
        for (String heading : headings) {
            cell(heading, Style.HEADING);
        }
    }

    /** Begins a row with these plain cells; {@link #cell} adds more of them. */
    public TextTable row(Object... cells) {
        rows.add(new ArrayList<>());
        for (Object cell : cells) {
            cell(cell);
        }
        return this;
    }

    /** Adds to the last row. */
    public TextTable cell(Object text, Style style) {
        rows.get(rows.size() - 1).add(new Cell(Printable.line(String.valueOf(text)), style));
        return this;
    }

    /** Adds a plain cell to the last row. */
    public TextTable cell(Object text) {
        return cell(text, Style.PLAIN);
    }

    /** The headings first, without blanks at the ends. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<Cell> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            Cell cell = row.get(column);
            line.append(styled(cell))
                    .append(" ".repeat(width(column) - cell.text().length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
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

    /** The lines, each with its end. */
    @Override
    public String toString() {
        return String.join("\n", lines()) + "\n";
    }
}
