package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.steady.BlastRadiusGuard;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlastRadiusGuardTest {
    private final Map<String, NodeStatus> nodes = Example.steady();

    private List<String> objections(Scenario scenario, int minHealthy) {
        return BlastRadiusGuard.objections(
                Example.cluster().cluster(), Example.view(nodes), scenario.on("m1"), minHealthy);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aWholeClusterOfThreeAllowsEveryScenario(Scenario scenario) {
        assertThat(objections(scenario, 2)).isEmpty();
    }

    @Test
    void aServerIsNotTakenAwayWhenAnotherOneIsDownAlready() {
        nodes.put("m2", Example.node("m2", "BACKUP", "m1", "DOWN"));

        assertThat(objections(Scenario.APISERVER_DOWN, 1))
                .singleElement()
                .asString()
                .contains("would leave 1 of 3 servers behind api", "no majority (2)");
        assertThat(objections(Scenario.AGENT_KILL, 1)).isEmpty();
    }

    @Test
    void anAgentIsNotTakenAwayWhenTooFewOthersCouldHoldTheAddress() {
        nodes.put("m2", Example.node("m2", "FAULT", "m1", "UP"));

        assertThat(objections(Scenario.AGENT_STOP, 1)).isEmpty();
        assertThat(objections(Scenario.AGENT_STOP, 2))
                .singleElement()
                .asString()
                .contains("would leave 1 nodes that can hold the virtual address, and 2 are demanded");
    }
}
