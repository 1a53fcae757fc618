package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillTargetTest {
    @Test
    void clientConnectsToTheFirstFrontendThatItCanReach() throws Exception {
        ClusterFile file = Example.cluster("""
                nodes: [{name: m1, address: 10.0.0.1}]
                virtualRouters:
                  - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9/32]}
                frontends:
                  - {name: local, bind: "127.0.0.1:8443", backends: {port: 6443}}
                  - {name: api, bind: "10.0.0.9:8443", backends: {port: 6443}}
                """);
        Plan plan = new DrillRequest(
                        "agent-kill",
                        List.of(),
                        1,
                        null,
                        "8s",
                        new DrillRequest.Demands("1s", null, "90s"),
                        new DrillRequest.Client("5ms", 20, null),
                        new DrillRequest.Conditions(1, null))
                .plans()
                .get(0);

        DrillTarget.Place place = DrillTarget.Place.of(file, plan);

        assertThat(place.frontend().name()).isEqualTo("api");
        assertThat(place.client()).hasToString("10.0.0.9:8443");
    }
}
