package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.maintenance.MeasuringClient;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final String ROUTER = """
            nodes: [{name: m1, address: 10.0.0.1}]
            virtualRouters:
              - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9/32, 10.0.0.10/32]}
            frontends:
              - {name: local, bind: "127.0.0.1:8443", backends: {port: 6443}}
            """;

    private final Cluster cluster = Example.cluster(ROUTER + """
              - {name: local6, bind: "[::1]:8443", backends: {port: 6443}}
              - {name: all, bind: "9443", backends: {port: 6443}}
            """).cluster();

    @Test
    void frontendOnLoopbackHasNoClientsBeyondItsNode() {
        assertThat(cluster.frontends().subList(0, 2))
                .allSatisfy(
                        frontend -> assertThat(Targets.of(cluster, frontend)).isEmpty());
        assertThat(Targets.of(cluster, cluster.frontends().get(2)))
                .extracting(Object::toString)
                .containsExactly("10.0.0.9:9443", "10.0.0.10:9443");
    }

    @Test
    void clientOfAMaintenanceConnectsToTheFirstFrontendThatItCanReach() throws Exception {
        assertThat(MeasuringClient.target(cluster)).hasToString("10.0.0.9:9443");
        assertThatThrownBy(() -> MeasuringClient.target(Example.cluster(ROUTER).cluster()))
                .hasMessage(
                        "a client needs a frontend to connect to, and the cluster file has none that it could reach");
    }
}
