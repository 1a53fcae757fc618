package io.jenkins.plugins.baton.fleet.steady;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
    private final SteadyState rules = new SteadyState(Example.cluster());
    private final Map<String, NodeStatus> nodes = Example.steady();

    private List<String> missing() {
        return rules.missing(Example.view(nodes));
    }

    @Test
    void nothingIsMissingWithOneMasterTwoBackupsAndAllBackendsUp() {
        assertThat(missing()).isEmpty();
    }

    @Test
    void twoMastersAreNamed() {
        nodes.put("m3", Example.node("m3", "MASTER", "m3", "UP"));

        assertThat(missing())
                .containsExactly("vip: m1 and m3 are MASTER at once; do they hear each other's advertisements?");
    }

    @Test
    void noMasterIsMissing() {
        nodes.put("m1", Example.node("m1", "BACKUP", "m1", "UP"));

        assertThat(missing()).containsExactly("vip: no node is MASTER");
    }

    @Test
    void aNodeInFaultIsNamedWithItsReason() {
        nodes.put("m2", Example.node("m2", "FAULT", "", "UP"));

        assertThat(missing()).containsExactly("m2: is FAULT in vip (a test)");
    }

    @Test
    void aBackupThatTakesAnotherForTheHolderIsNamed() {
        nodes.put("m3", Example.node("m3", "BACKUP", "m2", "UP"));

        assertThat(missing()).containsExactly("m3: takes m2 for the holder of vip, which is m1");
    }

    @Test
    void aBackendThatOneNodeSeesDownIsNamedWithWhatItSaw() {
        nodes.put("m2", Example.node("m2", "BACKUP", "m1", "DOWN"));

        assertThat(missing()).containsExactly("m2: sees the backend m3 of api DOWN (connection refused)");
    }

    @Test
    void aNodeThatDoesNotAnswerIsPartOfWhatIsMissing() {
        nodes.remove("m3");

        assertThat(rules.missing(new View(nodes, Map.of("m3", "m3: the agent does not answer"))))
                .containsExactly("m3: the agent does not answer");
    }

    @Test
    void anotherClusterFileIsNamedByItsHash() {
        NodeStatus m3 = nodes.get("m3");
        nodes.put(
                "m3",
                new NodeStatus(
                        "m3",
                        "1",
                        "abcdef0123456789",
                        m3.sampledAt(),
                        m3.agent(),
                        m3.virtualRouters(),
                        m3.frontends(),
                        m3.checks(),
                        null));

        assertThat(missing())
                .singleElement()
                .asString()
                .startsWith("m3: runs another cluster file (abcdef012345, here ");
    }
}
