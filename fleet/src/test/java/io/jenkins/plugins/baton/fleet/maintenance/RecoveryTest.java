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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
    private final Recovery recovery = new Recovery(Example.cluster(), "m2");
    private final Map<String, NodeStatus> nodes = new LinkedHashMap<>();
    private final Map<String, String> unanswered = new HashMap<>();

    /** The work is done; m2 is still out. */
    @BeforeEach
    void done() {
        nodes.put("m1", Said.by("m1").backend("m2", "DRAIN").status());
        nodes.put("m2", Said.by("m2").suspended().backend("m2", "DRAIN").status());
        nodes.put("m3", Said.by("m3").backend("m2", "DRAIN").status());
    }

    private List<String> missing() {
        return recovery.missing(new View(nodes, unanswered));
    }

    @Test
    void aNodeThatIsOutAndWholeMayServeAgain() {
        assertThat(missing()).isEmpty();
    }

    @Test
    void oneThatDoesNotAnswerMayNot() {
        nodes.remove("m2");
        unanswered.put("m2", "m2: cannot reach 10.0.0.2:22");

        assertThat(missing()).containsExactly("m2: cannot reach 10.0.0.2:22");
    }

    @Test
    void oneWithAnotherFileOrInFaultMayNot() {
        nodes.put(
                "m2",
                Said.by("m2")
                        .anotherFile()
                        .state("FAULT")
                        .backend("m2", "DRAIN")
                        .status());

        assertThat(missing())
                .containsExactly("m2: runs another cluster file than this one", "m2: is FAULT in vip (a test)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOWN", "UNKNOWN"})
    void oneWhoseServerAnyNodeSeesOtherwiseThanWholeMayNot(String health) {
        nodes.put("m3", Said.by("m3").backend("m2", health).status());

        assertThat(missing()).singleElement().asString().startsWith("m3: sees the backend m2 of api " + health);
    }

    @Test
    void whatTheOthersLackDoesNotKeepItOut() {
        nodes.remove("m3");
        unanswered.put("m3", "m3: the agent does not answer");
        nodes.put(
                "m1", Said.by("m1").backend("m2", "DRAIN").backend("m3", "DOWN").status());

        assertThat(missing()).isEmpty();
    }

    @Test
    void aMachineThatIsGoingDownIsNotBackYet() {
        assertThat(recovery.leaving("stopping\n")).contains("m2: is shutting down");
        assertThat(recovery.leaving("running\n/run/systemd/shutdown/scheduled\n"))
                .contains("m2: is going to shut down, as `shutdown` was told");
        assertThat(recovery.leaving("running\n")).isEmpty();
        assertThat(recovery.leaving("degraded\n")).isEmpty();
    }

    @Test
    void aNodeThatIsStillSuspendedIsNotBack() {
        assertThat(recovery.stillOut(new View(nodes, unanswered)))
                .containsExactly("m2: is suspended in vip; `baton-agent resume` on it ends that");
        nodes.put("m2", Said.by("m2").status());
        assertThat(recovery.stillOut(new View(nodes, unanswered))).isEmpty();
    }
}
