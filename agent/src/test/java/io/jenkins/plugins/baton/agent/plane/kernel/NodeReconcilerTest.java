package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.jmx.Health;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of m1, in a cluster that m3 leaves. */
class NodeReconcilerTest {
    private static final Map<String, MacAddress> SEGMENT =
            Map.of("m2", new MacAddress(0x0200_0000_0002L), "m3", new MacAddress(0x0200_0000_0003L));

    private final SimulatedPlane.Rules rules = new SimulatedPlane.Rules();
    private final Cluster three = cluster(3);
    private final Cluster two = cluster(2);
    private long now = Duration.ofHours(1).toNanos();

    @Test
    void agentThatFindsRulesOfANodeThatHasLeftComesToRest() {
        SimulatedPlane earlier = plane(three);
        hear(earlier, "m2");
        hear(earlier, "m3");
        earlier.put();
        assertThat(rules.peers()).containsExactlyInAnyOrder("m2", "m3");

        SimulatedPlane later = new SimulatedPlane(rules, () -> Map.of("m2", SEGMENT.get("m2")), () -> {}, () -> now);
        apply(later, two);
        hear(later, "m2");
        pass(Duration.ofMinutes(1), later);

        assertThat(later.isSettled()).isTrue();
        assertThat(rules.peers()).containsExactly("m2");
    }

    @Test
    void nodeThatHasLeftIsForgottenWhenTheReloadHasSucceeded() {
        SimulatedPlane plane = plane(three);
        hear(plane, "m2");
        hear(plane, "m3");
        plane.put();
        apply(plane, two);
        plane.forgetFormerNodes();
        pass(Duration.ofMinutes(1), plane);

        assertThat(rules.peers()).containsExactly("m2");
    }

    /** The plane is the first to take the file; where another part of the agent refuses it, the plane gets the old one back. */
    @Test
    void nodeIsStillKnownWhenTheReloadFails() {
        SimulatedPlane plane = plane(three);
        hear(plane, "m2");
        hear(plane, "m3");
        plane.put();
        apply(plane, two);
        apply(plane, three);

        assertThat(rules.peers()).containsExactlyInAnyOrder("m2", "m3");
        assertThat(rules.view()
                        .orElseThrow()
                        .frontends()
                        .get(0)
                        .members()
                        .get(2)
                        .serving())
                .isTrue();
    }

    /** Also where it is a defect of this program, and no refusal of the kernel. */
    @Test
    void rulesGoOnByTheFileBeforeWhenAFileCannotBeApplied() {
        SimulatedPlane plane = plane(two);
        hear(plane, "m2");
        plane.put();
        TestFrontend ofTwo = new TestFrontend(two.frontends().get(0));

        assertThatThrownBy(() -> plane.apply(three, three.nodes().get(0), ofTwo))
                .hasMessage("m3 has no backend");
        pass(Duration.ofMinutes(1), plane);
        assertThat(plane.isSettled()).isTrue();
    }

    private SimulatedPlane plane(Cluster cluster) {
        SimulatedPlane plane = new SimulatedPlane(rules, () -> SEGMENT, () -> {}, () -> now);
        apply(plane, cluster);
        return plane;
    }

    private static void apply(SimulatedPlane plane, Cluster cluster) {
        TestFrontend frontend = new TestFrontend(cluster.frontends().get(0));
        for (int backend = 0; backend < cluster.nodes().size(); backend++) {
            frontend.set(backend, Health.UP);
        }
        plane.apply(cluster, cluster.nodes().get(0), frontend);
    }

    private static void hear(SimulatedPlane plane, String node) {
        plane.peer(node, true, "serves:api");
    }

    private void pass(Duration time, SimulatedPlane plane) {
        for (long left = time.toMillis(); left > 0; left -= 500) {
            now += Duration.ofMillis(500).toNanos();
            plane.look();
        }
    }

    private static Cluster cluster(int nodes) {
        StringBuilder text = new StringBuilder("nodes:\n");
        for (int n = 1; n <= nodes; n++) {
            text.append("  - {name: m%1$d, address: 10.0.0.%1$d, priority: %2$d}%n".formatted(n, 110 - n));
        }
        text.append("""
                virtualRouters: [{virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9]}]
                frontends:
                  - {name: api, bind: "10.0.0.9:8443", check: {type: tcp}, backends: {port: 6443}}
                """);
        try {
            return ClusterFile.parse(Path.of("cluster.yaml"), text.toString().getBytes(StandardCharsets.UTF_8))
                    .cluster();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
