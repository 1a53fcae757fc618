package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightWarningsTest {

    private static List<String> warnings(String preempt, String weight, int second) throws Exception {
        String text = String.join(
                "\n",
                "nodes:",
                "  - {name: m1, address: 10.0.0.1, priority: 110}",
                "  - {name: m2, address: 10.0.0.2, priority: " + second + "}",
                "virtualRouters:",
                "  - virtualRouterId: 51",
                "    interface: eth0",
                "    addresses: [10.0.0.9/32]",
                "    preempt: " + preempt,
                "    track: [web, disk]",
                "checks:",
                "  - {name: web, address: \"127.0.0.1:80\"" + weight + "}",
                "  - {name: disk, type: script, command: [/bin/true]}",
                "");
        return ClusterFile.parse(Path.of("c.yaml"), text.getBytes(StandardCharsets.UTF_8)).warnings().stream()
                .map(Problem::asWarning)
                .toList();
    }

    @Test
    void weightWithoutPreemptionIsNamedAtItsPlace() throws Exception {
        assertThat(warnings("false", ", weight: -30", 100))
                .singleElement()
                .asString()
                .startsWith("c.yaml:9:13: warning: track: the weight -30 of check 'web' never moves the addresses")
                .contains("preempt: true");
    }

    @Test
    void weightThatLeavesTheOrderOfTheNodesAsItIsIsNamed() throws Exception {
        assertThat(warnings("true", ", weight: -30", 50))
                .singleElement()
                .asString()
                .contains("m1 still has priority 80 against 50 of m2");
        assertThat(warnings("true", ", weight: 59", 50)).hasSize(1);
    }

    @Test
    void weightThatMovesTheAddressesIsNoWarning() throws Exception {
        assertThat(warnings("true", ", weight: -30", 100)).isEmpty();
        assertThat(warnings("true", ", weight: 60", 50)).isEmpty();
    }

    @Test
    void failingCheckWithoutWeightMeansFaultAndIsNoWarning() throws Exception {
        assertThat(warnings("false", "", 100)).isEmpty();
    }
}
