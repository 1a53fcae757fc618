package io.jenkins.plugins.baton.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.management.AttributeChangeNotification;
import javax.management.AttributeList;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final DescribedMXBean router = DescribedMXBean.of(
            ObjectNames.virtualRouter("kube-master"),
            () -> answering(
                    VirtualRouterMXBean.class,
                    Map.of(
                            "getName", "kube-master",
                            "getState", State.MASTER,
                            "getAddresses", List.of("10.0.0.1/32"),
                            "getDroppedAdverts", Map.of("ttl", 4L),
                            "getConflicts",
                                    List.of(new Conflict(
                                            "VRRP", "10.0.0.9", "", 51, List.of("10.0.0.2"), "now", 7, "somebody")))),
            VirtualRouterMXBean.class);

    @BeforeEach
    void register() throws Exception {
        register(ObjectNames.agent(), AgentMXBean.class, Map.of("getNode", "m1", "getConfigHash", "abc"));
        server.registerMBean(router, router.name());
        register(ObjectNames.frontend("api"), FrontendMXBean.class, Map.of("getName", "api", "getSessions", 3L));
        register(
                ObjectNames.backend("api", "m1"), BackendMXBean.class, Map.of("getName", "m1", "getHealth", Health.UP));
        register(ObjectNames.backend("other", "m1"), BackendMXBean.class, Map.of("getName", "m1"));
        register(ObjectNames.check("livez"), CheckMXBean.class, Map.of("getName", "livez", "getResult", Health.DOWN));
    }

    @Test
    void groupsTheBeansAndCamelCasesTheirAttributes() throws Exception {
        Map<String, Object> tree = new Snapshot(server).take(Instant.parse("2026-03-01T08:15:30.25Z"));

        assertThat(tree).containsEntry("node", "m1").containsEntry("configHash", "abc");
        assertThat(tree).containsEntry("sampledAt", "2026-03-01T08:15:30.250Z");
        assertThat(tree.keySet())
                .containsExactly(
                        "node", "version", "configHash", "sampledAt", "agent", "virtualRouters", "frontends", "checks");
        String json = Json.write(tree);
        assertThat(json)
                .contains("\"virtualRouters\":[{\"name\":\"kube-master\"")
                .contains("\"droppedAdverts\":{\"ttl\":4}")
                .contains("\"addresses\":[\"10.0.0.1/32\"]")
                .contains("\"checks\":[{\"name\":\"livez\"");
        assertThat(json).containsPattern("\"conflicts\":\\[\\{[^}]*\"source\":\"10.0.0.9\"[^}]*\"virtualRouterId\":51");
    }

    @Test
    void backendsStandInsideTheirOwnFrontend() throws Exception {
        Object frontends = new Snapshot(server).take(Instant.now()).get("frontends");
        assertThat(Json.write(frontends)).containsOnlyOnce("\"health\":\"UP\"").containsOnlyOnce("\"frontend\":");
    }

    @Test
    void attributesThatAreReadTogetherComeFromOneMoment() throws Exception {
        AtomicInteger moments = new AtomicInteger();
        ObjectName name = ObjectNames.backend("api", "m9");
        server.registerMBean(
                DescribedMXBean.of(
                        name,
                        () -> {
                            Health health = Health.values()[moments.getAndIncrement() % 4];
                            return answering(
                                    BackendMXBean.class, Map.of("getHealth", health, "getHealthCode", health.code()));
                        },
                        BackendMXBean.class),
                name);

        for (int i = 0; i < 4; i++) {
            AttributeList read = server.getAttributes(name, new String[] {"HealthCode", "Health"});
            Health health = Health.valueOf((String) read.asList().get(1).getValue());
            assertThat(read.asList().get(0).getValue()).isEqualTo(health.code());
        }
        assertThat(moments).hasValue(4);
    }

    @Test
    void whatIsNotThereAnyMoreIsNotPartOfTheSnapshot() throws Exception {
        ObjectName name = ObjectNames.check("gone");
        Supplier<CheckMXBean> nothing = () -> {
            throw new IllegalStateException("Check gone is no longer configured");
        };
        server.registerMBean(DescribedMXBean.of(name, nothing, CheckMXBean.class), name);

        Object checks = new Snapshot(server).take(Instant.now()).get("checks");

        assertThat(Json.write(checks)).containsOnlyOnce("\"name\":").contains("livez");
        assertThatThrownBy(() -> server.getAttribute(name, "Result"))
                .rootCause()
                .hasMessageContaining("no longer");
    }

    @Test
    void aServerWithoutAnAgentIsAnError() {
        assertThatThrownBy(() -> new Snapshot(MBeanServerFactory.newMBeanServer()).take(Instant.now()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("baton:type=Agent");
    }

    @Test
    void aChangeIsTold() throws Exception {
        List<Notification> heard = new ArrayList<>();
        server.addNotificationListener(router.name(), (n, handback) -> heard.add(n), null, null);

        router.attributeChanged("State", "no advertisement for 361 ms", "BACKUP", "MASTER");
        router.conflictSeen("10.0.0.9 uses VRID 51");

        AttributeChangeNotification change = (AttributeChangeNotification) heard.get(0);
        assertThat(change.getAttributeName()).isEqualTo("State");
        assertThat(change.getAttributeType()).isEqualTo("java.lang.String");
        assertThat(change.getOldValue()).isEqualTo("BACKUP");
        assertThat(change.getNewValue()).isEqualTo("MASTER");
        assertThat(change.getMessage()).isEqualTo("no advertisement for 361 ms");
        assertThat(heard.get(1).getType()).isEqualTo("baton.conflict");
        assertThat(heard.get(1).getSequenceNumber()).isGreaterThan(change.getSequenceNumber());
        assertThat(change.getSource()).isEqualTo(router.name());
    }

    private <T> void register(ObjectName name, Class<T> contract, Map<String, Object> values) throws Exception {
        server.registerMBean(DescribedMXBean.of(name, () -> answering(contract, values), contract), name);
    }

    /** A bean with these getters; all others answer nothing, zero or false. */
    private static <T> T answering(Class<T> contract, Map<String, Object> values) {
        return contract.cast(Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, (p, m, a) -> {
            Object value = values.get(m.getName());
            Class<?> type = m.getReturnType();
            if (value != null || !type.isPrimitive()) {
                return value;
            }
            return type == boolean.class
                    ? (Object) false
                    : type == double.class ? (Object) 0.0 : type == long.class ? (Object) 0L : (Object) 0;
        }));
    }
}
