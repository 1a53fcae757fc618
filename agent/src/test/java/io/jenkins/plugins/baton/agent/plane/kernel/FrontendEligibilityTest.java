package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontendEligibilityTest {
    private static final String FILE = """
            cluster: prod
            nodes:
              - {name: m1, address: 10.86.13.30, priority: 110}
              - {name: m2, address: 10.86.13.31, priority: 100}
            virtualRouters:
              - {name: kube, virtualRouterId: 51, interface: eth0, addresses: [10.86.13.36/32]}
            frontends:
              - name: apiserver
                bind: "%s"
                balance: %s
                proxyProtocol: %s
                backends: %s
            """;

    private static final String EVERYWHERE = "{port: 6443}";

    @Test
    void frontendOnAVirtualAddressWithABackendOnEveryNodeIsSuitable() throws Exception {
        assertThat(obstacle("10.86.13.36:8443", "roundrobin", "none", EVERYWHERE))
                .isEmpty();
        assertThat(obstacle("10.86.13.36:8443", "source", "none", EVERYWHERE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0.0.0:8443     | roundrobin | none | every address",
                "10.86.13.30:8443 | roundrobin | none | no virtual router has its address",
                "10.86.13.36:8443 | leastconn  | none | leastconn",
                "10.86.13.36:8443 | roundrobin | v2   | PROXY protocol",
            })
    void whatOnlyTheProxyCanDoIsAnObstacle(String bind, String balance, String proxyProtocol, String words)
            throws Exception {
        assertThat(obstacle(bind, balance, proxyProtocol, EVERYWHERE))
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains(words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: x, address: '10.86.13.50:6443'}                      | backend x is not on a node",
                "{name: m1, address: '10.86.13.30:6443'}                     | node m2 has no backend",
                "{name: m1, address: '10.99.0.30:6443'}                      | not at the node's 10.86.13.30",
                "{name: m1, address: '[fd00::30]:6443'}                      | the other family",
                "{name: m1, address: '10.86.13.30:6443', maxConnections: 9}  | a limit of connections",
                "{name: m1, address: '10.86.13.30:6443', backup: true}, {name: m2, address: '10.86.13.31:6443'} | a backup",
            })
    void backendThatIsNotANodesOwnIsAnObstacle(String backends, String words) throws Exception {
        assertThat(obstacle("10.86.13.36:8443", "roundrobin", "none", "[" + backends + "]"))
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains(words));
    }

    @Test
    void nodesThatCannotTalkToEachOtherAreAnObstacle() throws Exception {
        String file = FILE.formatted("10.86.13.36:8443", "roundrobin", "none", EVERYWHERE) + "peerLink: none\n";
        Cluster cluster = TestCluster.of(file);

        assertThat(FrontendEligibility.obstacle(cluster, cluster.frontends().get(0)))
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains("without a peer link"));
    }

    private static Optional<String> obstacle(String bind, String balance, String proxyProtocol, String backends)
            throws Exception {
        Cluster cluster = TestCluster.of(FILE.formatted(bind, balance, proxyProtocol, backends));
        return FrontendEligibility.obstacle(cluster, cluster.frontends().get(0));
    }
}
