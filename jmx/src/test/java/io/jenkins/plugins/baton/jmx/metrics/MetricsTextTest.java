package io.jenkins.plugins.baton.jmx.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.AgentMXBean;
import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.DescribedMXBean;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    @Test
    void namesUnitsAndTypesAreThoseOfPrometheus() throws Exception {
        show(ObjectNames.agent(), AgentMXBean.class, Map.of("getUptimeMillis", 1500L, "getConfigHash", "a\"b\\c"));
        show(
                ObjectNames.backend("api", "m1"),
                BackendMXBean.class,
                Map.of(
                        "getLastCheckMillis",
                        2.5,
                        "getSessions",
                        4L,
                        "getBytesIn",
                        7L,
                        "isBackup",
                        true,
                        "getSessionsTotal",
                        9L));
        show(
                ObjectNames.virtualRouter("odd name"),
                VirtualRouterMXBean.class,
                Map.of("getDroppedAdverts", new TreeMap<>(Map.of("ttl", 3L, "auth", 1L)), "getConflictCount", 2));

        assertThat(text())
                .contains(
                        "# HELP baton_agent_uptime_seconds Time since the agent started\n"
                                + "# TYPE baton_agent_uptime_seconds gauge\nbaton_agent_uptime_seconds 1.5\n",
                        "baton_agent_config_hash{config_hash=\"a\\\"b\\\\c\"} 1\n",
                        "# TYPE baton_backend_in_bytes_total counter\n"
                                + "baton_backend_in_bytes_total{backend=\"m1\",frontend=\"api\"} 7\n",
                        "baton_backend_sessions_current{backend=\"m1\",frontend=\"api\"} 4\n",
                        "baton_backend_sessions_total{backend=\"m1\",frontend=\"api\"} 9\n",
                        "baton_backend_last_check_seconds{backend=\"m1\",frontend=\"api\"} 0.0025\n",
                        "baton_backend_backup{backend=\"m1\",frontend=\"api\"} 1\n",
                        "baton_virtual_router_dropped_adverts_total{reason=\"auth\",virtual_router=\"odd name\"} 1\n"
                                + "baton_virtual_router_dropped_adverts_total{reason=\"ttl\",virtual_router=\"odd name\"} 3\n",
                        "baton_virtual_router_conflicts{virtual_router=\"odd name\"} 2\n")
                .endsWith("# EOF\n");
    }

    @Test
    void samplesOfOneMetricStandTogetherAfterItsHelpAndType() throws Exception {
        show(ObjectNames.backend("api", "m1"), BackendMXBean.class, Map.of());
        show(ObjectNames.backend("api", "m2"), BackendMXBean.class, Map.of());
        assertThat(text())
                .containsPattern(Pattern.compile("# TYPE baton_backend_weight gauge\n"
                        + "baton_backend_weight\\{backend=\"m1\",frontend=\"api\"} 0\n"
                        + "baton_backend_weight\\{backend=\"m2\",frontend=\"api\"} 0\n#"));
    }

    private String text() throws Exception {
        return new MetricsText(server).take();
    }

    private <T> void show(ObjectName name, Class<T> contract, Map<String, Object> known) throws Exception {
        T bean = contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                (proxy, getter, arguments) -> known.getOrDefault(getter.getName(), nothing(getter))));
        server.registerMBean(DescribedMXBean.of(name, () -> bean, contract), name);
    }

    private static Object nothing(Method getter) {
        Class<?> type = getter.getReturnType();
        if (type == Map.class) {
            return Map.of();
        }
        if (type == List.class) {
            return List.of();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type == int.class
                ? (Object) 0
                : type == long.class
                        ? (Object) 0L
                        : type == double.class ? (Object) 0.0 : type == boolean.class ? (Object) false : "";
    }
}
