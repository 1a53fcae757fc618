package io.jenkins.plugins.baton.agent.management.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.router.RouterSnapshot;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.lab.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;

class RouterChangePollerTest {
    private final Cluster cluster = TestCluster.of("""
            cluster: test
            nodes:
              - {name: m1, address: 192.0.2.1, priority: 110}
              - {name: m2, address: 192.0.2.2, priority: 100}
            virtualRouters:
              - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [192.0.2.9/32]}
            """);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private List<RouterSnapshot> routers = List.of();

    @Test
    void routerThatComesBackToTheFileIsNotComparedWithTheOneThatLeft() {
        AgentBeans beans = new AgentBeans(
                MBeanServerFactory.newMBeanServer(),
                () -> null,
                null,
                List::of,
                null,
                null,
                new AgentCounters(null, null, null, null, null));
        beans.show(cluster);
        beans.watch(change -> told.add(change.attribute() + " " + change.oldValue() + " -> " + change.newValue()));
        try (Events events = new Events(cause -> {})) {
            events.tellTo(beans);
            RouterChangePoller poller = new RouterChangePoller(() -> routers, events);
            look(poller, List.of(heldBy("m1")));
            look(poller, List.of(heldBy("m2")));
            look(poller, List.of());
            look(poller, List.of(heldBy("m1")));
            events.agentChanged("WaitsFor", "", "the end", "a test");
            Await.until("all is told", Duration.ofMinutes(1), () -> told.contains("WaitsFor  -> the end"));
        }
        told.remove("WaitsFor  -> the end");
        assertThat(told).containsExactly("Holder m1 -> m2");
    }

    private void look(RouterChangePoller poller, List<RouterSnapshot> now) {
        routers = now;
        poller.run();
    }

    private RouterSnapshot heldBy(String node) {
        return new RouterSnapshot(
                cluster.virtualRouters().get(0),
                "eth0",
                State.BACKUP,
                Instant.EPOCH,
                "a test",
                100,
                100,
                Optional.of(node),
                0,
                0,
                0,
                Optional.empty(),
                Map.of(),
                Map.of(),
                0,
                0,
                0,
                false,
                List.of(),
                List.of());
    }
}
