package io.jenkins.plugins.baton.jmx.metrics;

import io.jenkins.plugins.baton.jmx.ObjectNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * All MBeans of one agent at one moment in the text format that Prometheus, node_exporter's textfile collector and promtool
 * read; it ends as OpenMetrics does. It reads what the beans say about themselves, so a new attribute appears without a
 * change here.
 */
public final class MetricsText {
    private static final List<String> TYPES = List.of("Agent", "VirtualRouter", "Frontend", "Backend", "Check");

    private final MBeanServerConnection server;

    public MetricsText(MBeanServerConnection server) {
        this.server = server;
    }

    /** @throws IOException when the connection fails */
    public String take() throws IOException {
        Map<String, Family> families = new LinkedHashMap<>();
        try {
            for (String type : TYPES) {
                for (ObjectName bean : beans(type)) {
                    add(type, bean, families);
                }
            }
        } catch (JMException e) {
            throw new IOException("Reading the agent's MBeans failed: " + e, e);
        }
        return families.values().stream().map(Family::text).collect(Collectors.joining()) + "# EOF\n";
    }

    private List<ObjectName> beans(String type) throws IOException, JMException {
        ObjectName pattern = new ObjectName(ObjectNames.DOMAIN + ":type=" + type + ",*");
        return server.queryNames(pattern, null).stream()
                .sorted(Comparator.comparing(ObjectName::getCanonicalName))
                .toList();
    }

    private void add(String type, ObjectName bean, Map<String, Family> families) throws IOException, JMException {
        try {
            Map<String, Metric> metrics = Metric.of(type, server.getMBeanInfo(bean));
            Map<String, String> labels = labels(type, bean);
            for (Attribute attribute : server.getAttributes(
                            bean, metrics.keySet().toArray(new String[0]))
                    .asList()) {
                Metric metric = metrics.get(attribute.getName());
                families.computeIfAbsent(metric.name(), name -> new Family(metric))
                        .add(labels, attribute.getValue());
            }
        } catch (InstanceNotFoundException e) {
            // A reload removed it after the query: then it is not part of this moment.
        }
    }

    private static Map<String, String> labels(String type, ObjectName bean) {
        Map<String, String> labels = new TreeMap<>();
        bean.getKeyPropertyList().forEach((key, value) -> {
            if (!key.equals("type")) {
                labels.put(
                        key.equals("name") ? Metric.nameLabel(type) : key,
                        value.startsWith("\"") ? ObjectName.unquote(value) : value);
            }
        });
        return labels;
    }

    /** A metric with its samples. */
    private static final class Family {
        private final Metric metric;
        private final List<String> samples = new ArrayList<>();

        Family(Metric metric) {
            this.metric = metric;
        }

        void add(Map<String, String> labels, Object value) {
            if (metric.kind() == Metric.Kind.LABEL) {
                sample(with(labels, metric.label(), String.valueOf(value)), "1");
            } else if (value instanceof TabularData table) {
                rows(table)
                        .forEach(row -> sample(
                                with(labels, metric.label(), String.valueOf(row.get("key"))),
                                number(row.get("value"))));
            } else {
                sample(labels, number(value));
            }
        }

        private static Stream<CompositeData> rows(TabularData table) {
            return table.values().stream().map(CompositeData.class::cast);
        }

        private static Map<String, String> with(Map<String, String> labels, String label, String value) {
            Map<String, String> more = new TreeMap<>(labels);
            more.put(label, value);
            return more;
        }

        private String number(Object value) {
            if (value instanceof Boolean is) {
                return is ? "1" : "0";
            }
            Number number = (Number) Optional.ofNullable(value).orElse(Double.NaN);
            return metric.factor() == 1 ? number.toString() : String.valueOf(number.doubleValue() * metric.factor());
        }

        private void sample(Map<String, String> labels, String value) {
            String inBraces = labels.entrySet().stream()
                    .filter(label -> !label.getValue().isEmpty()) // to Prometheus the same as no label
                    .map(label ->
                            label.getKey() + "=\"" + escape(label.getValue()).replace("\"", "\\\"") + "\"")
                    .collect(Collectors.joining(","));
            samples.add(metric.name() + (inBraces.isEmpty() ? "" : "{" + inBraces + "}") + " " + value + "\n");
        }

        private static String escape(String text) {
            return text.replace("\\", "\\\\").replace("\n", "\\n");
        }

        String text() {
            return "# HELP " + metric.name() + " " + escape(metric.help()) + "\n# TYPE " + metric.name() + " "
                    + metric.type() + "\n" + String.join("", samples);
        }
    }
}
