package io.jenkins.plugins.baton.fleet.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Installed;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeHealthTest {
    private static final String ADVERTS = "(VRRP, IP protocol 112, on the interface eth0)";

    private final ClusterFile file = Example.cluster();
    private final Map<String, NodeStatus> nodes = Example.steady();
    private final Map<String, String> unanswered = new HashMap<>();
    private final Map<String, Cluster> installed = new HashMap<>();

    private View view() {
        return new View(nodes, unanswered);
    }

    private NodeHealth health() {
        return new NodeHealth(file, installed);
    }

    private Optional<String> problemOf(String node, String... changed) {
        return health().problem(node, view(), List.of(changed));
    }

    private static NodeStatus status(String node, String hash, String routers, String frontends) {
        return StatusJson.parse("""
                {"node": "%s", "configHash": "%s", "virtualRouters": [%s], "frontends": [%s], "checks": []}
                """.formatted(node, hash, routers, frontends));
    }

    private NodeStatus backup(String node, String unheardMasters, String healthOfItsBackend) {
        return status(
                node,
                file.hash(),
                "{\"name\": \"vip\", \"state\": \"BACKUP\", \"unheardMasters\": [%s]}".formatted(unheardMasters),
                "{\"name\": \"api\", \"backends\": [{\"name\": \"m1\", \"health\": \"%s\"}]}"
                        .formatted(healthOfItsBackend));
    }

    @Test
    void nothingIsWrongWithTheNodesOfASteadyCluster() {
        assertThat(Example.NODES).allSatisfy(node -> assertThat(problemOf(node)).isEmpty());
    }

    @Test
    void aNodeThatDoesNotAnswerHasItsOwnWords() {
        nodes.remove("m2");
        unanswered.put("m2", "m2: the agent does not answer");

        assertThat(problemOf("m2")).contains("m2: the agent does not answer");
        assertThat(problemOf("m1")).isEmpty();
    }

    @Test
    void anAgentWithAnotherClusterFileIsNoHealthyOne() {
        nodes.put("m2", status("m2", "abcdef", "", ""));

        assertThat(problemOf("m2")).contains("its agent does not use this cluster file");
    }

    @Test
    void anAgentWithoutItsRoutersAndFrontendsHasNotBegun() {
        nodes.put("m2", status("m2", file.hash(), "", ""));

        assertThat(problemOf("m2"))
                .contains("runs, but has not begun: `baton-agent status` on it says what it waits for");
    }

    @Test
    void aRouterInFaultIsNamedWithItsReason() {
        nodes.put("m2", Example.node("m2", "FAULT", "", "UP"));

        assertThat(problemOf("m2")).contains("is FAULT in vip: a test");
    }

    @Test
    void aBackendThatWasNotCheckedYetIsWaitedFor() {
        nodes.put("m2", Example.node("m2", "BACKUP", "m1", "UNKNOWN"));

        assertThat(problemOf("m2")).contains("has not checked m3 yet");
    }

    @Test
    void oneBackendUpIsEnoughAndNoneIsNot() {
        nodes.put("m2", Example.node("m2", "BACKUP", "m1", "DOWN"));
        nodes.put("m3", backup("m3", "", "DOWN"));

        assertThat(problemOf("m2")).isEmpty();
        assertThat(problemOf("m3")).contains("sees no backend up");
    }

    @Test
    void aMasterWhoseAdvertsDoNotArriveIsNamed() {
        nodes.put("m2", backup("m2", "\"m1\"", "UP"));

        assertThat(problemOf("m2"))
                .contains("does not hear the advertisements of m1, which is MASTER in vip by its peer link " + ADVERTS);
    }

    @Test
    void anotherMasterOfTheGroupIsNamed() {
        nodes.put("m3", Example.node("m3", "MASTER", "m3", "UP"));

        assertThat(problemOf("m3"))
                .contains("is MASTER in vip while m1 is too: they do not hear each other's advertisements " + ADVERTS);
        assertThat(problemOf("m2")).isEmpty();
    }

    @Test
    void aMasterOfAnotherGroupDoesNoHarmUntilItHadItsTurn() {
        installed.put("m1", Installed.parse("""
                cluster: example
                nodes:
                  - {name: m1, address: 10.0.0.1, priority: 110}
                virtualRouters:
                  - {name: vip, virtualRouterId: 52, interface: eth0, addresses: [10.0.0.9/32]}
                """).cluster().orElseThrow());
        nodes.put("m3", Example.node("m3", "MASTER", "m3", "UP"));
        nodes.put("m2", backup("m2", "\"m1\"", "UP"));

        assertThat(problemOf("m3")).isEmpty();
        assertThat(problemOf("m2")).isEmpty();
        assertThat(problemOf("m3", "m1")).isPresent();
        assertThat(problemOf("m2", "m1")).isPresent();
    }

    @Test
    void aMasterThatRunsThisFilesGroupAlreadyIsOfItsGroup() {
        installed.put("m1", file.cluster());
        nodes.put("m3", Example.node("m3", "MASTER", "m3", "UP"));

        assertThat(problemOf("m3")).isPresent();
    }

    @Test
    void aNodeWithoutAnAgentThatHasTheAddressIsNamed() {
        Map<String, Set<String>> addresses = Map.of("m3", Set.of("10.0.0.9"));

        assertThat(health().secondHolder("m1", view(), addresses))
                .contains("is MASTER in vip while m3, which has no agent yet, has the virtual address too: "
                        + "they do not hear each other's advertisements " + ADVERTS);
        assertThat(health().secondHolder("m1", view(), Map.of("m3", Set.of()))).isEmpty();
        assertThat(health().secondHolder("m2", view(), addresses)).isEmpty();
    }

    @Test
    void aNodeHoldsTheAddressesOfTheRoutersInWhichItIsMaster() {
        assertThat(health().addresses("m1", view())).containsExactly("10.0.0.9");
        assertThat(health().addresses("m2", view())).isEmpty();
    }
}
