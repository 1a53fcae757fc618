package io.jenkins.plugins.baton.lab.soak;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The soak as text for a terminal, and as a page with its plots. */
final class SoakReport {
    private SoakReport() {}

    static String text(SoakRecord record, int connections, long seconds) {
        StringBuilder text = new StringBuilder(
                "%s plane, %d connections, %d s%n".formatted(record.plane().word(), connections, seconds));
        record.counts().forEach((what, count) -> text.append("  %-36s %d%n".formatted(what.title(), count)));
        text.append("  %-36s %d%n".formatted("questions answered", record.echoes()));
        text.append("  %-36s %d, of which %d were promised to survive%n"
                .formatted("connections lost", record.lost(), record.broken().size()));
        text.append("  %-36s %d%n".formatted("attempts to replace those that failed", record.failed()));
        record.broken().stream()
                .collect(Collectors.groupingBy(Loss::toString, Collectors.counting()))
                .forEach((loss, count) -> text.append("    %d times %s%n".formatted(count, loss)));
        for (Quantity quantity : Quantity.values()) {
            text.append("  %-58s".formatted(quantity.title()));
            record.series(quantity).forEach((node, series) -> {
                Trend trend = Trend.of(series);
                text.append("  %s %s (%s%s)"
                        .formatted(
                                node,
                                LineChart.number(trend.mean()),
                                trend.rise() < 0 ? "" : "+",
                                LineChart.number(trend.rise())));
            });
            text.append('\n');
        }
        List<String> growing = record.growing();
        growing.forEach(line -> text.append("  GROWS: ").append(line).append('\n'));
        return text.toString();
    }

    static String page(Map<SoakRecord, String> texts) {
        StringBuilder html = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Soak</title>
                <meta name="color-scheme" content="light dark">
                <style>body{font:16px sans-serif;max-width:50rem;margin:2rem auto}svg{width:100%}</style></head><body>
                <h1>Soak</h1>
                <p>In brackets: by how much a line through the second half rises.</p>
                """);
        texts.forEach((record, text) -> {
            html.append("<h2>").append(record.plane().word()).append(" plane</h2>\n<pre>");
            html.append(text.replace("&", "&amp;").replace("<", "&lt;")).append("</pre>\n");
            for (Quantity quantity : Quantity.values()) {
                html.append(LineChart.svg(quantity.title(), record.series(quantity)));
            }
        });
        return html.append("</body></html>\n").toString();
    }
}
