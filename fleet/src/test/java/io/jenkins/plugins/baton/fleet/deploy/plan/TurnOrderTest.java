package io.jenkins.plugins.baton.fleet.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.status.View;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnOrderTest {
    private static final View NO_AGENTS = new View(Map.of(), Map.of());

    private static Change change(String node, boolean holdsAddress) {
        return new Change(node, false, true, true, false, List.of(), holdsAddress);
    }

    private static List<String> order(View view, Change... changes) {
        return TurnOrder.of(List.of(changes), Example.cluster().cluster(), view).stream()
                .map(Change::node)
                .toList();
    }

    @Test
    void theHolderIsLastAndTheOthersKeepTheirOrder() {
        assertThat(order(Example.view(Example.steady()), change("m1", false), change("m2", false), change("m3", false)))
                .containsExactly("m2", "m3", "m1");
    }

    @Test
    void aNodeThatHasTheAddressWithoutAnAgentIsLast() {
        assertThat(order(NO_AGENTS, change("m1", false), change("m2", true), change("m3", false)))
                .containsExactly("m1", "m3", "m2");
    }

    @Test
    void severalHoldersKeepTheirOrder() {
        assertThat(order(Example.view(Example.steady()), change("m1", true), change("m2", true), change("m3", false)))
                .containsExactly("m3", "m1", "m2");
    }
}
