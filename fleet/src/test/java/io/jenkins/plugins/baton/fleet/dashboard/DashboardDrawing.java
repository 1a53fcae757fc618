package io.jenkins.plugins.baton.fleet.dashboard;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the panels of a dashboard, where Grafana puts them, with recorded values, as SVG. */
final class DashboardDrawing {
    private static final int COLUMN = 50;
    private static final int ROW = 23;
    private static final int GAP = 4;
    private static final int MARGIN = 10;
    private static final int TITLE = 24;
    private static final int LEGEND = 20;
    private static final int MAX_NAMES = 6;
    private static final int SECONDS_BETWEEN_TIMES = 120;
    private static final List<String> LINES =
            List.of("#73bf69", "#f2cc0c", "#5794f2", "#ff780a", "#f2495c", "#b877d9", "#3274d9", "#37872d", "#8f3bb8");
    private static final Map<String, String> SHADES =
            Map.of("gray", "#9aa0a6", "blue", "#5794f2", "green", "#73bf69", "red", "#f2495c", "yellow", "#f2cc0c");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final Recording recording;
    private final StringBuilder svg = new StringBuilder();

    private DashboardDrawing(Recording recording) {
        this.recording = recording;
    }

    static String of(List<Panel> panels, Recording recording) {
        DashboardDrawing drawing = new DashboardDrawing(recording);
        int rows = panels.stream()
                .mapToInt(panel -> panel.place().y() + panel.place().height())
                .max()
                .orElse(0);
        drawing.add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='11'>",
                24 * COLUMN, rows * ROW);
        drawing.add("<rect width='100%%' height='100%%' fill='#f4f5f5'/>");
        panels.forEach(drawing::panel);
        return drawing.add("</svg>").svg.toString();
    }

    private DashboardDrawing add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values).replace('\'', '"'))
                .append('\n');
        return this;
    }

    private record Box(double x, double y, double width, double height) {}

    private record Named(String name, Recording.Series series) {}

    private void panel(Panel panel) {
        Panel.Place place = panel.place();
        Box outer = new Box(
                place.x() * COLUMN + GAP / 2.0,
                place.y() * ROW + GAP / 2.0,
                place.width() * COLUMN - GAP,
                place.height() * ROW - GAP);
        add(
                "<g><rect x='%.0f' y='%.0f' width='%.0f' height='%.0f' rx='3' fill='white' stroke='#dcdfe2'/>",
                outer.x, outer.y, outer.width, outer.height);
        text(outer.x + MARGIN, outer.y + 16, "start", "#24292e", "font-weight='bold' font-size='12'", panel.title());
        Box inner = new Box(
                outer.x + MARGIN, outer.y + TITLE, outer.width - 2 * MARGIN, outer.height - TITLE - MARGIN / 2.0);
        List<Named> series = new ArrayList<>();
        for (Panel.Query query : panel.queries()) {
            recording
                    .answers()
                    .get(query.expression())
                    .forEach(one -> series.add(new Named(one.name(query.legend()), one)));
        }
        switch (panel.type()) {
            case "stat" -> numbers(panel, inner, series);
            case "state-timeline" -> states(panel, inner, series);
            case "timeseries" -> curves(panel, inner, series);
            default ->
                throw new IllegalArgumentException(
                        panel.title() + ": nothing here draws a panel of type " + panel.type());
        }
        add("</g>");
    }

    private void numbers(Panel panel, Box box, List<Named> series) {
        if (series.size() == 1) {
            String figure = Figure.of(series.get(0).series.last(), panel.unit());
            text(box.x + box.width / 2, box.y + box.height / 2 + 8, "middle", "#37872d", "font-size='22'", figure);
            text(box.x + box.width / 2, box.y + box.height - 4, "middle", "#6e7681", "", series.get(0).name);
            return;
        }
        double height = box.height / series.size();
        for (int i = 0; i < series.size(); i++) {
            double y = box.y + height * (i + 0.5) + 4;
            text(box.x + box.width / 2 - 8, y, "end", "#6e7681", "", series.get(i).name);
            String figure = Figure.of(series.get(i).series.last(), panel.unit());
            text(box.x + box.width / 2 + 8, y, "start", "#37872d", "font-size='13'", figure);
        }
    }

    private void states(Panel panel, Box box, List<Named> series) {
        double names = 190;
        Box plot = new Box(box.x + names, box.y, box.width - names, box.height - 2 * LEGEND);
        double height = plot.height / Math.max(1, series.size());
        for (int row = 0; row < series.size(); row++) {
            double y = plot.y + row * height;
            text(plot.x - 8, y + height / 2 + 4, "end", "#24292e", "", series.get(row).name);
            bars(
                    panel,
                    new Box(plot.x, y + 1, plot.width, height - 2),
                    series.get(row).series.values());
        }
        times(plot);
        double x = plot.x;
        for (Panel.Shade shade : panel.shades().values()) {
            x = key(x, box.y + box.height - 4, SHADES.get(shade.colour()), shade.text());
        }
    }

    private void bars(Panel panel, Box row, double[] values) {
        for (int from = 0; from < values.length; ) {
            int to = from + 1;
            while (to < values.length && Double.compare(values[to], values[from]) == 0) {
                to++;
            }
            if (!Double.isNaN(values[from])) {
                double x = row.x + row.width * from / values.length;
                add(
                        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
                        x,
                        row.y,
                        row.width * (to - from) / values.length,
                        row.height,
                        SHADES.get(panel.shades().get((int) values[from]).colour()));
            }
            from = to;
        }
    }

    private void curves(Panel panel, Box box, List<Named> series) {
        double figures = 56;
        Box plot = new Box(box.x + figures, box.y + 6, box.width - figures - 4, box.height - 2 * LEGEND - 10);
        double most = series.stream()
                .flatMapToDouble(one -> Arrays.stream(one.series.values()))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
        double top = Figure.roundUp(most);
        for (int i = 0; i <= 2; i++) {
            double y = plot.y + plot.height * (1 - i / 2.0);
            add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#e3e5e8'/>", plot.x, y, plot.x + plot.width, y);
            text(plot.x - 6, y + 4, "end", "#6e7681", "", Figure.of(top * i / 2, panel.unit()));
        }
        for (int i = series.size() - 1; i >= 0; i--) {
            curve(plot, top, series.get(i).series.values(), LINES.get(i % LINES.size()));
        }
        times(plot);
        double x = box.x;
        double y = box.y + box.height - 4;
        for (int i = 0; i < Math.min(MAX_NAMES, series.size()) && x < box.x + box.width - 280; i++) {
            x = key(x, y, LINES.get(i % LINES.size()), series.get(i).name);
            if (i + 1 < series.size() && (i + 1 == MAX_NAMES || x >= box.x + box.width - 280)) {
                text(x, y, "start", "#6e7681", "", "and " + (series.size() - i - 1) + " more");
            }
        }
    }

    private void curve(Box plot, double top, double[] values, String colour) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            boolean flat = i > 0 && i + 1 < values.length && values[i] == values[i - 1] && values[i] == values[i + 1];
            if (!flat && !Double.isNaN(values[i])) {
                points.append(points.isEmpty() || Double.isNaN(values[i - 1]) ? 'M' : 'L')
                        .append(String.format(
                                Locale.ROOT,
                                "%.1f %.1f",
                                plot.x + plot.width * i / Math.max(1, values.length - 1),
                                plot.y + plot.height * (1 - values[i] / top)));
            }
        }
        add("<path d='%s' fill='none' stroke='%s' stroke-width='1.5'/>", points, colour);
    }

    private void times(Box plot) {
        long from = recording.startedAt().getEpochSecond();
        long length = (long) recording.stepSeconds() * recording.looks();
        long first = (from / SECONDS_BETWEEN_TIMES + 1) * SECONDS_BETWEEN_TIMES;
        for (long at = first; at < from + length; at += SECONDS_BETWEEN_TIMES) {
            text(
                    plot.x + plot.width * (at - from) / length,
                    plot.y + plot.height + 14,
                    "middle",
                    "#6e7681",
                    "",
                    TIME.format(Instant.ofEpochSecond(at)));
        }
    }

    /** Returns where the next one begins. */
    private double key(double x, double y, String colour, String name) {
        add("<rect x='%.1f' y='%.1f' width='10' height='4' fill='%s'/>", x, y - 5, colour);
        text(x + 14, y, "start", "#24292e", "", name);
        return x + 30 + name.length() * 6.4;
    }

    private void text(double x, double y, String anchor, String colour, String more, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
        add(
                "<text x='%.1f' y='%.1f' text-anchor='%s' fill='%s'%s>%s</text>",
                x, y, anchor, colour, more.isEmpty() ? "" : " " + more, escaped);
    }
}
