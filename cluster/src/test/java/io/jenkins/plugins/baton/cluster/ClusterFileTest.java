package io.jenkins.plugins.baton.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClusterFileTest {

    @Test
    void theDesignsExampleSaysWhatItShows() throws Exception {
        Cluster cluster = ClusterFile.read(Path.of("src/test/resources/design.yaml")).cluster();

        assertThat(cluster.name()).isEqualTo("prod");
        assertThat(cluster.nodes()).extracting(Node::name).containsExactly("m1", "m2", "m3");
        assertThat(cluster.nodes()).extracting(Node::priority).containsExactly(110, 100, 90);
        assertThat(cluster.virtualRouters()).containsExactly(new VirtualRouter(
                "kube-master",
                51,
                "eth0",
                List.of(cidr("10.86.13.36", 32)),
                3,
                Duration.ofMillis(100),
                true,
                Duration.ZERO,
                Optional.empty(),
                false,
                VirtualRouter.Checksum.PSEUDO_HEADER,
                Duration.ofSeconds(60),
                List.of("apiserver-local")));
        assertThat(cluster.frontends()).hasSize(1);
        assertThat(cluster.check("apiserver-local").orElseThrow().weight()).isEqualTo(OptionalInt.of(-30));
    }

    private static Cidr cidr(String address, int prefixLength) {
        return new Cidr(IpLiteral.parse(address).orElseThrow(), prefixLength);
    }

    @Test
    void aFileWithNodesAndOneRouterIsEnough() throws Exception {
        Cluster cluster = parse(
                """
                nodes:
                  - {name: m1, address: 10.0.0.1}
                  - {name: m2, address: 10.0.0.2}
                virtualRouters:
                  - {virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9]}
                """);
        assertThat(cluster.nodes()).extracting(Node::priority).containsExactly(100, 90);
        assertThat(cluster.virtualRouters().get(0).name()).isEqualTo("vrrp-51");
    }

    private static Cluster parse(String yaml) throws ClusterFileException {
        return ClusterFile.parse(Path.of("cluster.yaml"), yaml.getBytes(StandardCharsets.UTF_8)).cluster();
    }
}
