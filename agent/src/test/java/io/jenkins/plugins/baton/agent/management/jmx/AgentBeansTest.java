package io.jenkins.plugins.baton.agent.management.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.agent.plane.BackendHealth;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.ObjectNames;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;

class AgentBeansTest {
    private static final int MORE_THAN_CAN_WAIT = 10_500;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Cluster cluster;
    private final AgentBeans beans;

    AgentBeansTest() {
        cluster = TestCluster.of("""
                cluster: test
                nodes: [{name: m1, address: 127.0.0.1}]
                frontends: [{name: api, bind: "127.0.0.1:1", backends: [{name: b1, address: "127.0.0.1:2"}]}]
                """);
        beans = new AgentBeans(
                server,
                () -> null,
                null,
                List::of,
                flappingPlane(),
                null,
                new AgentCounters(null, null, null, null, null));
    }

    /** Its only backend is another each time somebody looks. */
    private FrontendTable flappingPlane() {
        AtomicInteger looks = new AtomicInteger();
        BackendView backend = answering(BackendView.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "name" -> "b1";
            case "frontend" -> "api";
            case "configuration" -> cluster.frontends().get(0).backends().get(0);
            case "check" -> CheckStatus.unchecked(Instant.EPOCH);
            case "healthNow" -> {
                int look = looks.getAndIncrement() % Health.values().length;
                yield new BackendHealth(Health.values()[look], Instant.ofEpochSecond(look));
            }
            case "weight" -> 1;
            default -> 0L;
        });
        FrontendView frontend = answering(
                FrontendView.class,
                (proxy, method, arguments) -> method.getName().equals("name") ? "api" : List.of(backend));
        return answering(FrontendTable.class, (proxy, method, arguments) -> List.of(frontend));
    }

    private static <T> T answering(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void theHealthOfABackendItsCodeAndItsBeginBelongTogether() throws Exception {
        beans.show(cluster);
        for (int i = 0; i < Health.values().length; i++) {
            AttributeList read = server.getAttributes(
                    ObjectNames.backend("api", "b1"), new String[] {"Health", "HealthCode", "HealthSince"});
            Health health = Health.values()[i];
            assertThat(read.asList().stream().map(Attribute::getValue))
                    .containsExactly(health.name(), health.code(), "1970-01-01T00:00:0" + i + ".000Z");
        }
    }

    @Test
    void eventsThatNobodyIsToldOfAreCounted() throws Exception {
        beans.show(cluster);
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        beans.watch(change -> {
            stopped.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (Events events = new Events(cause -> {})) {
            events.tellTo(beans);
            events.agentChanged("WaitsFor", "", "a", "a test");
            stopped.await();
            assertThat(events.dropped()).isZero();
            for (int i = 0; i < MORE_THAN_CAN_WAIT; i++) {
                events.agentChanged("WaitsFor", "a", "b", "a test");
            }
            assertThat(events.dropped()).isEqualTo(500);
            goesOn.countDown();
        }
    }
}
