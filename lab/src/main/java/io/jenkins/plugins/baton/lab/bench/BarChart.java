package io.jenkins.plugins.baton.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars in groups, as SVG: no script, no font of its own, readable on light and on dark pages. */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int LABELS = 260;
    private static final int BARS = 430;
    private static final int BAR = 13;
    private static final int GAP = 14;
    private static final int LEGEND_LINE = 20;

    private static final String STYLE = """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #1f2328; }
            .value { font-size: 11px; fill: #57606a; }
            .one { stroke: #57606a; stroke-dasharray: 3 3; }
            .s0 { fill: #8c959f; } .s1 { fill: #c69026; } .s2 { fill: #0969da; } .s3 { fill: #1a7f37; } .s4 { fill: #d0d7de; }
            .s5 { fill: #8250df; }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3; } .value { fill: #9198a1; } .one { stroke: #9198a1; }
            .s0 { fill: #7d8590; } .s1 { fill: #d29922; } .s2 { fill: #4493f8; } .s3 { fill: #3fb950; } .s4 { fill: #3d444d; }
            .s5 { fill: #a371f7; }
            }
            </style>
            """;

    /**
     * @param label in words
     * @param values one for each series; NaN where there is none
     */
    record Group(String label, List<Double> values) {}

    private final String title;
    private final List<String> series;
    private final List<Group> groups = new ArrayList<>();
    private final boolean logarithmic;

    /** @param logarithmic for values that differ a hundredfold; values below 1 are drawn as 1 */
    BarChart(String title, List<String> series, boolean logarithmic) {
        this.title = title;
        this.series = List.copyOf(series);
        this.logarithmic = logarithmic;
    }

    void add(Group group) {
        groups.add(group);
    }

    String svg() {
        int top = 24 + LEGEND_LINE * ((series.size() + 1) / 2);
        int height = top + groups.stream().mapToInt(this::height).sum();
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(WIDTH, height, escape(title)));
        svg.append(STYLE);
        svg.append(text(0, 14, "", title));
        legend(svg);
        if (!logarithmic) {
            double one = LABELS + length(1);
            svg.append(format(
                    "<line class=\"one\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n", one, one, top, height));
        }
        int y = top;
        for (Group group : groups) {
            draw(svg, group, y);
            y += height(group);
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        for (int i = 0; i < series.size(); i++) {
            int x = (i % 2) * (WIDTH / 2);
            int y = 34 + (i / 2) * LEGEND_LINE;
            svg.append("<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/>%n".formatted(i, x, y - 10));
            svg.append(text(x + 18, y, "", series.get(i)));
        }
    }

    private void draw(StringBuilder svg, Group group, int top) {
        svg.append(text(0, top + height(group) / 2 - 4, "", group.label()));
        int y = top;
        for (int i = 0; i < group.values().size(); i++) {
            double value = group.values().get(i);
            if (Double.isNaN(value)) {
                continue;
            }
            double length = length(value);
            svg.append(format(
                    "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                    i, LABELS, y, length, BAR - 2));
            svg.append(text((int) (LABELS + length + 5), y + 10, "value", number(value)));
            y += BAR;
        }
    }

    private int height(Group group) {
        return (int) group.values().stream()
                                .filter(value -> !Double.isNaN(value))
                                .count()
                        * BAR
                + GAP;
    }

    private double length(double value) {
        double most = groups.stream()
                .flatMap(group -> group.values().stream())
                .filter(other -> !Double.isNaN(other))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        return logarithmic
                ? BARS * Math.log10(Math.max(1, value)) / Math.log10(Math.max(10, most))
                : BARS * value / Math.max(1, most);
    }

    private String number(double value) {
        return logarithmic || value >= 100 ? format("%.0f", value) : format("%.2f", value);
    }

    private static String text(int x, int y, String style, String words) {
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(style, x, y, escape(words));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
