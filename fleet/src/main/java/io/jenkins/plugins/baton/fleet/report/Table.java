package io.jenkins.plugins.baton.fleet.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** An HTML table of plain text. */
final class Table {
    private final StringBuilder html = new StringBuilder();

    Table(String caption, List<String> headers) {
        html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(Markup.escape(caption));
        html.append("\"><table><caption>").append(Markup.escape(caption)).append("</caption><thead><tr>");
        headers.forEach(header ->
                html.append("<th scope=\"col\">").append(Markup.escape(header)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
    }

    Table row(Object... cells) {
        return row("", Arrays.asList(cells));
    }

    /** @param kind a class of the style sheet, or empty */
    Table row(String kind, List<?> cells) {
        html.append(kind.isEmpty() ? "<tr>" : "<tr class=\"" + kind + "\">");
        for (Object cell : cells) {
            boolean number = cell instanceof Number;
            html.append(number ? "<td class=\"number\">" : "<td>");
            html.append(Markup.escape(number ? number(((Number) cell).doubleValue()) : Objects.toString(cell, "")));
            html.append("</td>");
        }
        html.append("</tr>\n");
        return this;
    }

    static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public String toString() {
        return html + "</tbody></table></div>\n";
    }
}
