package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.cluster.Check;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.jmx.Health;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrackingTest {
    private static final Cluster CLUSTER = cluster();

    @Test
    void beforeTheFirstVerdictsANodeTakesPartAsItIs() {
        assertThat(tracking(Map.of())).isEqualTo(new Tracking(0, Optional.empty()));
    }

    @Test
    void aNegativeWeightCountsWhileItsCheckFails() {
        assertThat(tracking(Map.of("penalty", Health.DOWN)).adjustment()).isEqualTo(-30);
        assertThat(tracking(Map.of("penalty", Health.UP)).adjustment()).isZero();
    }

    @Test
    void aPositiveWeightCountsWhileItsCheckSucceeds() {
        assertThat(tracking(Map.of("bonus", Health.UP)).adjustment()).isEqualTo(20);
        assertThat(tracking(Map.of("bonus", Health.DOWN)).adjustment()).isZero();
    }

    @Test
    void weightsAddUp() {
        assertThat(tracking(Map.of("penalty", Health.DOWN, "bonus", Health.UP)).adjustment())
                .isEqualTo(-10);
    }

    @Test
    void aFailingCheckWithoutWeightIsAFault() {
        assertThat(tracking(Map.of("vital", Health.DOWN)).fault()).contains("check vital fails");
        assertThat(tracking(Map.of("vital", Health.UP)).fault()).isEmpty();
    }

    private static Tracking tracking(Map<String, Health> healths) {
        Map<String, Check> checks =
                CLUSTER.checks().stream().collect(Collectors.toMap(Check::name, Function.identity()));
        return Tracking.of(CLUSTER.virtualRouters().get(0), checks, healths);
    }

    private static Cluster cluster() {
        String text = """
                nodes: [{name: m1, address: 192.0.2.1, priority: 100}]
                virtualRouters:
                  - name: vip
                    virtualRouterId: 51
                    interface: eth0
                    addresses: [192.0.2.9/32]
                    track: [penalty, bonus, vital]
                checks:
                  - {name: penalty, type: http, url: "http://127.0.0.1:1/", weight: -30}
                  - {name: bonus, type: http, url: "http://127.0.0.1:2/", weight: 20}
                  - {name: vital, type: http, url: "http://127.0.0.1:3/"}
                """;
        return TestCluster.of(text);
    }
}
