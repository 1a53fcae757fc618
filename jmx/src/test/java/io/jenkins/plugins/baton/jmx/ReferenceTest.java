package io.jenkins.plugins.baton.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.federation.ClusterMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeMXBean;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for people lists what the interfaces declare. {@code -Dbaton.writeDocuments=true} brings it up to date. */
class ReferenceTest {
    private static final Path PAGE = Path.of("../docs/jmx.md");
    private static final Map<String, Class<?>> TABLES = tables();

    private static Map<String, Class<?>> tables() {
        Map<String, Class<?>> tables = new LinkedHashMap<>();
        tables.put("Agent", AgentMXBean.class);
        tables.put("VirtualRouter", VirtualRouterMXBean.class);
        tables.put("Frontend", FrontendMXBean.class);
        tables.put("Backend", BackendMXBean.class);
        tables.put("Check", CheckMXBean.class);
        tables.put("Cluster", ClusterMXBean.class);
        tables.put("Node", NodeMXBean.class);
        return tables;
    }

    @Test
    void theTablesOfAttributesAndOperationsAreCurrent() throws Exception {
        String page = Files.readString(PAGE);
        String current = page;
        for (Map.Entry<String, Class<?>> table : TABLES.entrySet()) {
            String begin = "<!-- members of " + table.getKey() + " -->\n";
            assertThat(current).contains(begin);
            int from = current.indexOf(begin) + begin.length();
            int to = current.indexOf("<!-- end -->", from);
            current = current.substring(0, from) + markdown(table.getValue()) + current.substring(to);
        }
        if (Boolean.getBoolean("baton.writeDocuments")) {
            Files.writeString(PAGE, current);
        } else {
            assertThat(page)
                    .as("docs/jmx.md follows from the interfaces; run: mvn -pl jmx test -Dbaton.writeDocuments=true")
                    .isEqualTo(current);
        }
    }

    private static String markdown(Class<?> contract) {
        List<Method> methods = Arrays.stream(contract.getMethods())
                .sorted(Comparator.comparing(ReferenceTest::attribute)
                        .thenComparing(Method::getName)
                        .thenComparing(Method::getParameterCount))
                .toList();
        StringBuilder text = new StringBuilder("| attribute | type | unit | |\n|---|---|---|---|\n");
        methods.stream().filter(ReferenceTest::isAttribute).forEach(method -> {
            Description description = method.getAnnotation(Description.class);
            text.append("| `").append(attribute(method)).append("` | ").append(type(method.getGenericReturnType()));
            text.append(" | ")
                    .append(description.unit())
                    .append(" | ")
                    .append(description.value())
                    .append(" |\n");
        });
        List<Method> operations =
                methods.stream().filter(method -> !isAttribute(method)).toList();
        if (!operations.isEmpty()) {
            text.append("\n| operation | |\n|---|---|\n");
        }
        operations.forEach(method -> text.append("| `")
                .append(signature(method))
                .append("` | ")
                .append(method.getAnnotation(Description.class).value())
                .append(" |\n"));
        return text.toString();
    }

    private static boolean isAttribute(Method method) {
        return method.getParameterCount() == 0 && method.getReturnType() != void.class;
    }

    private static String attribute(Method method) {
        return method.getName().replaceFirst("^(get|is)(?=[A-Z])", "");
    }

    private static String signature(Method method) {
        return method.getName() + "("
                + Stream.of(method.getParameters())
                        .map(ReferenceTest::parameter)
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String parameter(Parameter parameter) {
        return parameter.getType().getSimpleName() + " "
                + parameter.getAnnotation(Description.class).name();
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            return type(generic.getRawType()) + " of "
                    + Stream.of(generic.getActualTypeArguments())
                            .map(ReferenceTest::type)
                            .collect(Collectors.joining(" to "));
        }
        // JMX clients get an enum's name.
        return ((Class<?>) type).isEnum() ? "String" : ((Class<?>) type).getSimpleName();
    }
}
