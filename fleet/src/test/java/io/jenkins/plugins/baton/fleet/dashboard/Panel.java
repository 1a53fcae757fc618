package io.jenkins.plugins.baton.fleet.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A panel of a Grafana dashboard.
 *
 * @param type {@code state-timeline}, {@code stat} or {@code timeseries}
 * @param unit Grafana's, such as {@code Bps}; empty: a plain number
 * @param shades what a value stands for; empty: itself
 */
record Panel(String title, String type, Place place, List<Query> queries, String unit, Map<Integer, Shade> shades) {

    /** On Grafana's grid of 24 columns. */
    record Place(int x, int y, int width, int height) {}

    /** @param legend a template with labels in double braces */
    record Query(String expression, String legend) {}

    record Shade(String text, String colour) {}

    static List<Panel> of(JsonNode dashboard) {
        List<Panel> panels = new ArrayList<>();
        dashboard.get("panels").forEach(panel -> panels.add(panel(panel)));
        return panels;
    }

    private static Panel panel(JsonNode panel) {
        JsonNode grid = panel.get("gridPos");
        List<Query> queries = new ArrayList<>();
        panel.get("targets")
                .forEach(target -> queries.add(new Query(
                        target.get("expr").asText(), target.path("legendFormat").asText())));
        JsonNode defaults = panel.path("fieldConfig").path("defaults");
        Map<Integer, Shade> shades = new TreeMap<>();
        defaults.path("mappings")
                .forEach(mapping -> mapping.get("options")
                        .properties()
                        .forEach(option -> shades.put(
                                Integer.valueOf(option.getKey()),
                                new Shade(
                                        option.getValue().get("text").asText(),
                                        option.getValue().get("color").asText()))));
        return new Panel(
                panel.get("title").asText(),
                panel.get("type").asText(),
                new Place(
                        grid.get("x").asInt(),
                        grid.get("y").asInt(),
                        grid.get("w").asInt(),
                        grid.get("h").asInt()),
                queries,
                defaults.path("unit").asText(),
                shades);
    }
}
