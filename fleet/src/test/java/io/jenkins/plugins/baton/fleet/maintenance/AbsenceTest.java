package io.jenkins.plugins.baton.fleet.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private final Map<String, NodeStatus> nodes = new LinkedHashMap<>();
    private final Map<String, String> unanswered = new HashMap<>();

    /** m2 is out as every node sees it. */
    @BeforeEach
    void out() {
        nodes.put("m1", Said.by("m1").backend("m2", "DRAIN").status());
        nodes.put("m2", Said.by("m2").suspended().backend("m2", "DRAIN").status());
        nodes.put("m3", Said.by("m3").backend("m2", "DOWN").status());
    }

    private List<String> missing() {
        return new Absence(Example.cluster().cluster(), "m2").missing(new View(nodes, unanswered));
    }

    @Test
    void aNodeIsOutWhenItIsSuspendedAndNobodyGivesItsServersNewConnections() {
        assertThat(missing()).isEmpty();
    }

    @Test
    void itIsNotWhileItMayTakeAnAddress() {
        nodes.put("m2", Said.by("m2").backend("m2", "DRAIN").status());

        assertThat(missing()).containsExactly("m2: still takes part in the election of vip");
    }

    @Test
    void itIsNotWhileItHoldsAnAddress() {
        nodes.put(
                "m2",
                Said.by("m2").state("MASTER").suspended().backend("m2", "DRAIN").status());

        assertThat(missing()).containsExactly("m2: still holds vip");
    }

    @Test
    void itIsNotWhileOneNodeStillUsesItsServers() {
        nodes.put("m3", Said.by("m3").status());

        assertThat(missing()).containsExactly("m3: still gives m2 new connections for api");
    }

    @Test
    void itIsNotKnownWhileANodeDoesNotAnswer() {
        nodes.remove("m1");
        unanswered.put("m1", "m1: the agent does not answer");

        assertThat(missing()).containsExactly("m1: the agent does not answer");
    }

    @Test
    void whatANodeHoldsIsKnownFromItself() {
        assertThat(new Absence(Example.cluster().cluster(), "m1").held(new View(nodes, unanswered)))
                .containsExactly("vip");
        assertThat(new Absence(Example.cluster().cluster(), "m2").held(new View(nodes, unanswered)))
                .isEmpty();
    }
}
