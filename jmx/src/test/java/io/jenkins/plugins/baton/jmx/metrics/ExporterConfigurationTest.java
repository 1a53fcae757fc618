package io.jenkins.plugins.baton.jmx.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.AgentMXBean;
import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.DescribedMXBean;
import io.jenkins.plugins.baton.jmx.FrontendMXBean;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The rules for jmx_exporter follow from the interfaces. {@code -Dbaton.writeDocuments=true} brings them up to date. */
class ExporterConfigurationTest {
    private static final Path FILE = Path.of("../docs/examples/jmx-exporter.yaml");
    private static final String HEAD = """
            # Configuration of Prometheus' jmx_exporter for one node's agent: the same series as
            # `baton-agent status --openmetrics` and management.metricsFile give without it.
            # Run it on the node as root or as a user of management.jmxUsers:
            #   java -jar jmx_prometheus_httpserver.jar 127.0.0.1:9404 jmx-exporter.yaml
            # Generated from the beans: mvn test -pl jmx -am -Dbaton.writeDocuments=true
            hostPort: 127.0.0.1:9010
            includeObjectNames: ["baton:*"]
            rules:
            """;

    @Test
    void theRulesAreCurrent() throws Exception {
        String current = HEAD
                + rules(ObjectNames.agent(), AgentMXBean.class)
                + rules(ObjectNames.virtualRouter("x"), VirtualRouterMXBean.class)
                + rules(ObjectNames.frontend("x"), FrontendMXBean.class)
                + rules(ObjectNames.backend("x", "x"), BackendMXBean.class)
                + rules(ObjectNames.check("x"), CheckMXBean.class);
        if (Boolean.getBoolean("baton.writeDocuments")) {
            Files.writeString(FILE, current);
        } else {
            assertThat(Files.readString(FILE)).isEqualTo(current);
        }
    }

    private static <T> String rules(ObjectName bean, Class<T> contract) throws Exception {
        T shown = contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> null));
        StringBuilder rules = new StringBuilder();
        Metric.of(
                        bean.getKeyProperty("type"),
                        DescribedMXBean.of(bean, () -> shown, contract).getMBeanInfo())
                .forEach((attribute, metric) -> rules.append(rule(bean, attribute, metric)));
        return rules.toString();
    }

    private static String rule(ObjectName bean, String attribute, Metric metric) {
        List<String> keys = new ArrayList<>();
        Map<String, String> labels = new LinkedHashMap<>();
        for (String property : bean.getKeyPropertyListString().split(",")) {
            String key = property.substring(0, property.indexOf('='));
            if (key.equals("type")) {
                keys.add(property);
            } else {
                keys.add(key + "=(.+)");
                labels.put(
                        key.equals("name") ? Metric.nameLabel(bean.getKeyProperty("type")) : key,
                        "$" + (labels.size() + 1));
            }
        }
        boolean map = metric.kind() == Metric.Kind.COUNTER && !metric.label().isEmpty();
        if (map) {
            keys.add("key=(.+)");
        }
        if (!metric.label().isEmpty()) {
            labels.put(metric.label(), "$" + (labels.size() + 1));
        }
        return "  - pattern: '^baton<" + String.join(", ", keys) + "><>" + attribute + ": (.*)$'\n"
                + "    name: " + metric.name() + "\n"
                + "    help: " + quote(metric.help()) + "\n"
                + "    type: " + metric.type().toUpperCase(Locale.ROOT) + "\n"
                + (metric.kind() == Metric.Kind.LABEL ? "    value: 1\n" : "")
                + (metric.factor() == 1 ? "" : "    valueFactor: " + metric.factor() + "\n")
                + (labels.isEmpty()
                        ? ""
                        : labels.entrySet().stream()
                                .map(label -> label.getKey() + ": \"" + label.getValue() + "\"")
                                .collect(Collectors.joining(", ", "    labels: {", "}\n")));
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
