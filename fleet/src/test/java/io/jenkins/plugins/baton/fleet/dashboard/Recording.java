package io.jenkins.plugins.baton.fleet.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Prometheus answered to the queries of the dashboard: {@code /api/v1/query_range}, {@code $cluster} replaced. It had
 * the metrics of three nodes during the drills apiserver-down, agent-kill, link-down, partition and agent-freeze.
 *
 * @param looks how many values each series has, one every {@code stepSeconds}
 */
record Recording(Instant startedAt, int stepSeconds, int looks, Map<String, List<Series>> answers) {

    /** @param values NaN where there was none */
    record Series(Map<String, String> labels, double[] values) {
        /** Its name by a template of Grafana. */
        String name(String legend) {
            String name = legend;
            for (Map.Entry<String, String> label : labels.entrySet()) {
                name = name.replace("{{" + label.getKey() + "}}", label.getValue());
            }
            return name;
        }

        double last() {
            for (int i = values.length - 1; i >= 0; i--) {
                if (!Double.isNaN(values[i])) {
                    return values[i];
                }
            }
            return Double.NaN;
        }
    }

    static Recording of(JsonNode recording) {
        Map<String, List<Series>> answers = new LinkedHashMap<>();
        recording.get("answers").properties().forEach(answer -> {
            List<Series> all = new ArrayList<>();
            answer.getValue().forEach(series -> all.add(series(series)));
            answers.put(answer.getKey(), all);
        });
        return new Recording(
                Instant.parse(recording.get("startedAt").asText()),
                recording.get("stepSeconds").asInt(),
                recording.get("looks").asInt(),
                answers);
    }

    private static Series series(JsonNode series) {
        Map<String, String> labels = new LinkedHashMap<>();
        series.get("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        JsonNode values = series.get("values");
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i).isNull() ? Double.NaN : values.get(i).asDouble();
        }
        return new Series(labels, numbers);
    }
}
