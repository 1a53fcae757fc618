package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** An outage of 100 ms and one lost connection are allowed, and 9 s until the cluster is steady again. */
class VerdictTest {
    private static final int CONNECTIONS = 4;

    @Test
    void limitItselfIsMet() {
        assertThat(rules(OptionalInt.of(1), 100, 1, List.of()))
                .containsExactly(
                        new Rule("longest outage at most 100 ms", "100 ms", true),
                        new Rule("long-lived connections lost: at most 1", "1 of 4", true),
                        new Rule("fault ended and cluster steady again within 9 s", "yes", true));
    }

    @Test
    void moreThanTheLimitIsNot() {
        assertThat(rules(OptionalInt.of(1), 100.1, 2, List.of()))
                .extracting(Rule::passed)
                .containsExactly(false, false, true);
    }

    @Test
    void lostConnectionsAreNoRuleWhereAnyNumberIsAllowed() {
        assertThat(rules(OptionalInt.empty(), 0, CONNECTIONS, List.of()))
                .hasSize(2)
                .allMatch(Rule::passed);
    }

    @Test
    void troubleOfTheDrillItselfIsNamed() {
        assertThat(rules(OptionalInt.of(1), 0, 0, List.of("the fault was not ended", "m1 is not steady")))
                .last()
                .isEqualTo(new Rule(
                        "fault ended and cluster steady again within 9 s",
                        "the fault was not ended; m1 is not steady",
                        false));
    }

    private static List<Rule> rules(OptionalInt maxLost, double outageMillis, int lost, List<String> trouble) {
        Plan plan = new Plan(
                Scenario.AGENT_KILL,
                Optional.empty(),
                Duration.ofMillis(500),
                Duration.ofSeconds(9),
                new Plan.Limits(Duration.ofMillis(100), maxLost),
                new Plan.Probing(
                        Duration.ofMillis(5),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        CONNECTIONS,
                        Duration.ofSeconds(5),
                        Optional.empty()),
                1,
                Optional.empty());
        Figures figures = Figures.builder()
                .outageMillis(outageMillis)
                .longLived(CONNECTIONS)
                .longLivedLost(lost)
                .build();
        return Verdict.of(plan, figures, trouble);
    }
}
