package io.jenkins.plugins.baton.lab.soak;

import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that was seen in the soak of one plane. */
final class SoakRecord {
    private static final long AFTERMATH_NANOS = 100_000_000_000L;

    /** What befell the cluster, from when to when. */
    private record Incident(Disturbance what, Host node, long from, long until) {}

    private final Plane plane;
    private final List<Incident> incidents = new ArrayList<>();
    private final Map<Quantity, Map<String, List<Double>>> values = new EnumMap<>(Quantity.class);
    private List<Loss> losses = List.of();
    private long echoes;
    private int failed;

    SoakRecord(Plane plane) {
        this.plane = plane;
    }

    Plane plane() {
        return plane;
    }

    void add(Disturbance what, Host node, long from, long until) {
        incidents.add(new Incident(what, node, from, until));
    }

    /** Where a value is missing, the one before it stands for it. */
    void add(Host node, Map<Quantity, Double> measured) {
        for (Quantity quantity : Quantity.values()) {
            List<Double> series = values.computeIfAbsent(quantity, q -> new LinkedHashMap<>())
                    .computeIfAbsent(node.name(), n -> new ArrayList<>());
            Double value = measured.get(quantity);
            if (value != null) {
                series.add(value);
            } else if (!series.isEmpty()) {
                series.add(series.get(series.size() - 1));
            }
        }
    }

    void end(List<Loss> all, long answered, int notConnected) {
        losses = all;
        echoes = answered;
        failed = notConnected;
    }

    /** Questions that were answered. */
    long echoes() {
        return echoes;
    }

    /** New connections that came to nothing: those in the place of one that was lost try again at once. */
    int failed() {
        return failed;
    }

    /** How often each befell it. */
    Map<Disturbance, Long> counts() {
        Map<Disturbance, Long> counts = new TreeMap<>();
        incidents.forEach(incident -> counts.merge(incident.what(), 1L, Long::sum));
        return counts;
    }

    int lost() {
        return losses.size();
    }

    /** Those that no incident explains. */
    List<Loss> broken() {
        return losses.stream()
                .filter(loss -> incidents.stream().noneMatch(incident -> explains(incident, loss)))
                .toList();
    }

    private boolean explains(Incident incident, Loss loss) {
        return loss.at() - incident.from() >= 0
                && loss.at() - incident.until() <= AFTERMATH_NANOS
                && incident.what().allows(loss, incident.node(), plane);
    }

    /** By node. */
    Map<String, List<Double>> series(Quantity quantity) {
        return values.getOrDefault(quantity, Map.of());
    }

    /** What grows, in words. */
    List<String> growing() {
        List<String> growing = new ArrayList<>();
        values.forEach((quantity, byNode) -> byNode.forEach((node, series) -> {
            Trend trend = Trend.of(series);
            if (!trend.isFlat(quantity.negligible())) {
                growing.add(quantity.title() + " of " + node + ": mean " + LineChart.number(trend.mean())
                        + ", rises by " + LineChart.number(trend.rise()));
            }
        }));
        return growing;
    }
}
