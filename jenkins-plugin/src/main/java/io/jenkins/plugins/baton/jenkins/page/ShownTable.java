package io.jenkins.plugins.baton.jenkins.page;

import java.util.ArrayList;
import java.util.List;

/** A table of a page; {@code table.jelly} draws it. What is in it is text and never markup. */
public final class ShownTable {
    private final String caption;
    private final List<String> headers;
    private final List<List<Cell>> rows = new ArrayList<>();

    ShownTable(String caption, List<String> headers) {
        this.caption = caption;
        this.headers = List.copyOf(headers);
    }

    ShownTable row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    ShownTable row(Cell... cells) {
        return row(List.of(cells));
    }

    public String getCaption() {
        return caption;
    }

    public List<String> getHeaders() {
        return headers;
    }

    public List<List<Cell>> getRows() {
        return rows;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }
}
