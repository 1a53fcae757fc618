package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.drill.DrillHistory.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NextScenarioTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final Map<Scenario, Tried> history = new EnumMap<>(Scenario.class);

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private NextScenario next(String... from) throws Exception {
        List<String> said = new ArrayList<>();
        DrillRequest request = new DrillRequest(
                Scenario.NEXT,
                List.of(from),
                1,
                null,
                "8s",
                new DrillRequest.Demands("1s", null, "90s"),
                new DrillRequest.Client("5ms", 20, null),
                new DrillRequest.Conditions(1, null));
        DrillRequest decided =
                NextScenario.decide(request, cluster -> history, "prod", NOW, (node, line) -> said.add(line));
        return new NextScenario(decided.plans().get(0).scenario(), said.isEmpty() ? "" : String.join("\n", said));
    }

    @Test
    void whatWasNeverDrilledComesFirstInTheUsualOrder() throws Exception {
        history.put(Scenario.HANDOVER, new Tried(ago(90), null));

        assertThat(next().scenario()).isEqualTo(Scenario.AGENT_STOP);
        assertThat(next().reason()).isEqualTo("next: agent-stop, which was never drilled on prod");
        assertThat(next("partition", "agent-kill").scenario()).isEqualTo(Scenario.AGENT_KILL);
    }

    @Test
    void ofThoseThatWereDrilledTheOldestIsDue() throws Exception {
        history.put(Scenario.AGENT_KILL, new Tried(ago(20), null));
        history.put(Scenario.PARTITION, new Tried(ago(40), ago(30)));
        history.put(Scenario.HANDOVER, new Tried(ago(1), null));

        assertThat(next("handover", "agent-kill", "partition"))
                .isEqualTo(new NextScenario(
                        Scenario.PARTITION,
                        "next: partition, which was drilled longest ago on prod: 2026-04-22 12:00 UTC, 40 days ago"));
    }

    @Test
    void asManyDrillsAsThereAreScenariosDrillEachOfThem() throws Exception {
        List<Scenario> drilled = new ArrayList<>();
        for (int i = 0; i < 2 * Scenario.values().length; i++) {
            Scenario one = next().scenario();
            drilled.add(one);
            history.put(one, new Tried(ago(100 - i), null));
        }

        List<Scenario> twice = new ArrayList<>(List.of(Scenario.values()));
        twice.addAll(List.of(Scenario.values()));
        assertThat(drilled).isEqualTo(twice);
    }

    @Test
    void aClusterThatRefusesEverythingIsAskedForOneAfterTheOther() throws Exception {
        List<Scenario> tried = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Scenario one = next().scenario();
            tried.add(one);
            history.put(one, new Tried(null, ago(100 - i)));
        }

        assertThat(tried)
                .containsExactly(Scenario.HANDOVER, Scenario.AGENT_STOP, Scenario.AGENT_KILL, Scenario.AGENT_FREEZE);
    }

    @Test
    void whatIsAlwaysRefusedKeepsNoOtherFromBeingDrilled() throws Exception {
        List<Scenario> tried = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Scenario one = next("handover", "agent-stop", "agent-kill").scenario();
            tried.add(one);
            Instant at = ago(100 - i);
            history.put(one, one == Scenario.HANDOVER ? new Tried(null, at) : new Tried(at, null));
        }

        assertThat(tried)
                .containsExactly(
                        Scenario.HANDOVER,
                        Scenario.AGENT_STOP,
                        Scenario.AGENT_KILL,
                        Scenario.HANDOVER,
                        Scenario.AGENT_STOP,
                        Scenario.HANDOVER);
        assertThat(next("handover", "agent-stop", "agent-kill").scenario()).isEqualTo(Scenario.AGENT_KILL);
        history.put(Scenario.HANDOVER, new Tried(null, ago(1)));
        assertThat(next("handover").scenario()).isEqualTo(Scenario.HANDOVER);
        assertThat(next("handover", "agent-stop").reason())
                .contains("; the turn of handover was before it, and the last attempt at that was refused or aborted");
    }
}
