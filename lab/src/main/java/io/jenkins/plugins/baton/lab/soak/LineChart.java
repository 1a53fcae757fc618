package io.jenkins.plugins.baton.lab.soak;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values of some series over time, as SVG. */
final class LineChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 150;
    private static final int LEFT = 60;
    private static final int TOP = 24;
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

    private LineChart() {}

    /** @param series by name, each with values at equal intervals over the same time */
    static String svg(String title, Map<String, List<Double>> series) {
        double most = series.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        double top = Math.max(1, most) * 1.1;
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" font-size=\"12\">\n"
                        .formatted(WIDTH, TOP + HEIGHT + 20, title));
        svg.append(text(0, 14, title));
        svg.append(text(0, TOP + 10, number(top))).append(text(0, TOP + HEIGHT, "0"));
        svg.append(
                "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>\n".formatted(LEFT, TOP, TOP + HEIGHT, WIDTH));
        int index = 0;
        for (Map.Entry<String, List<Double>> one : series.entrySet()) {
            String colour = COLOURS.get(index % COLOURS.size());
            svg.append("<polyline fill=\"none\" stroke=\"%s\" points=\"".formatted(colour));
            int last = Math.max(1, one.getValue().size() - 1);
            for (int i = 0; i < one.getValue().size(); i++) {
                svg.append(String.format(
                        Locale.ROOT,
                        "%.1f,%.1f ",
                        LEFT + (double) (WIDTH - LEFT) * i / last,
                        TOP + HEIGHT - HEIGHT * one.getValue().get(i) / top));
            }
            svg.append("\"/>\n");
            svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n"
                    .formatted(LEFT + 60 * index, TOP + HEIGHT + 16, colour, one.getKey()));
            index++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String text(int x, int y, String text) {
        return "<text x=\"%d\" y=\"%d\" fill=\"currentColor\">%s</text>\n".formatted(x, y, text);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }
}
