package io.jenkins.plugins.baton.jmx.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.Descriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;

/**
 * How an attribute is shown to Prometheus, by its conventions: base units in the name, {@code _total} for counters.
 *
 * @param name such as {@code baton_backend_last_check_seconds}
 * @param help the attribute's description
 * @param kind whether it counts, measures or labels
 * @param label of what varies within the attribute; empty for one number
 * @param factor from the attribute's unit to the metric's
 */
record Metric(String name, String help, Kind kind, String label, double factor) {
    enum Kind {
        GAUGE,
        COUNTER,
        LABEL
    }

    private static final List<String> NUMBERS = List.of("int", "long", "double", "boolean");
    private static final double SECONDS = 0.001;
    private static final String TOTAL = "_total";

    /**
     * Of all attributes that are numbers or labels.
     *
     * @param type of the bean, such as {@code VirtualRouter}
     * @return by attribute
     */
    static Map<String, Metric> of(String type, MBeanInfo bean) {
        Map<String, Metric> metrics = new TreeMap<>();
        for (MBeanAttributeInfo attribute : bean.getAttributes()) {
            of(type, attribute).ifPresent(metric -> metrics.put(attribute.getName(), metric));
        }
        List<String> names = metrics.values().stream().map(Metric::name).toList();
        metrics.replaceAll((attribute, metric) -> names.contains(metric.name() + TOTAL) ? metric.current() : metric);
        return metrics;
    }

    /** To OpenMetrics a counter's name is the one without its {@code _total}: a gauge must not have it as well. */
    private Metric current() {
        return new Metric(name + "_current", help, kind, label, factor);
    }

    private static Optional<Metric> of(String type, MBeanAttributeInfo attribute) {
        Descriptor descriptor = attribute.getDescriptor();
        List<String> words = words(attribute.getName());
        Object counterOf = descriptor.getFieldValue("counterOf");
        if (Boolean.TRUE.equals(descriptor.getFieldValue("label"))) {
            String label = String.join("_", words);
            return Optional.of(metric(type, words, "", attribute, Kind.LABEL, label, 1));
        }
        boolean map = counterOf instanceof String varying && !varying.isEmpty();
        if (!map && !NUMBERS.contains(attribute.getType())) {
            return Optional.empty();
        }
        boolean millis = "ms".equals(descriptor.getFieldValue("units"));
        boolean bytes = words.remove("bytes");
        words.remove("millis");
        words.remove("total");
        int last = words.size() - 1;
        if (words.get(last).equals("count")) {
            words.remove(last);
            words.set(last - 1, words.get(last - 1) + "s");
        }
        String unit = millis ? "_seconds" : bytes ? "_bytes" : "";
        return Optional.of(metric(
                type,
                words,
                unit + (counterOf == null ? "" : TOTAL),
                attribute,
                counterOf == null ? Kind.GAUGE : Kind.COUNTER,
                map ? (String) counterOf : "",
                millis ? SECONDS : 1));
    }

    private static Metric metric(
            String type,
            List<String> words,
            String suffix,
            MBeanAttributeInfo attribute,
            Kind kind,
            String label,
            double factor) {
        String name = "baton_" + String.join("_", words(type)) + "_" + String.join("_", words) + suffix;
        return new Metric(name, attribute.getDescription(), kind, label, factor);
    }

    /** The label for a bean's key {@code name}: what kind of thing it names. */
    static String nameLabel(String type) {
        return String.join("_", words(type));
    }

    /** As the text format wants it after {@code # TYPE}. */
    String type() {
        return kind == Kind.COUNTER ? "counter" : "gauge";
    }

    private static List<String> words(String camelCase) {
        return Arrays.stream(camelCase.split("(?<=[a-z])(?=[A-Z])"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
