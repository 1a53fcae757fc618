package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DrillRequestTest {
    private static final DrillRequest.Demands DEMANDS = new DrillRequest.Demands("1s", null, "90s");
    private static final DrillRequest.Client CLIENT = new DrillRequest.Client("5ms", 20, "50ms");
    private static final DrillRequest.Conditions CONDITIONS = new DrillRequest.Conditions(1, "22:00-05:00");

    private static DrillRequest request(String scenario, int times, String hold) {
        return new DrillRequest(scenario, List.of(), times, "m2", hold, DEMANDS, CLIENT, CONDITIONS);
    }

    private static DrillRequest from(String scenario, String... from) {
        return new DrillRequest(scenario, List.of(from), 1, null, "8s", DEMANDS, CLIENT, CONDITIONS);
    }

    @Test
    void theScenariosAreRunSoManyTimesRoundAfterRound() {
        assertThat(request("agent-kill, partition", 2, "8s").plans())
                .extracting(Plan::scenario)
                .containsExactly(Scenario.AGENT_KILL, Scenario.PARTITION, Scenario.AGENT_KILL, Scenario.PARTITION);
        assertThat(request("all", 1, "8s").plans()).extracting(Plan::scenario).containsExactly(Scenario.values());
    }

    @Test
    void everyWordArrivesInThePlan() {
        DrillRequest request = new DrillRequest(
                "handover", List.of(), 1, "m2", "7s", new DrillRequest.Demands("700ms", 3, "2m"), CLIENT, CONDITIONS);

        Plan plan = request.plans().get(0);
        assertThat(plan.node()).contains("m2");
        assertThat(plan.hold()).isEqualTo(Duration.ofSeconds(7));
        assertThat(plan.settle()).isEqualTo(Duration.ofMinutes(2));
        assertThat(plan.limits().maxOutage()).isEqualTo(Duration.ofMillis(700));
        assertThat(plan.limits().maxLostConnections()).hasValue(3);
        assertThat(plan.probing().interval()).isEqualTo(Duration.ofMillis(5));
        assertThat(plan.probing().longLived()).isEqualTo(20);
        assertThat(plan.probing().requests()).contains(Duration.ofMillis(50));
        assertThat(plan.minHealthy()).isEqualTo(1);
        assertThat(plan.window()).contains(TimeWindow.parse("22:00-05:00"));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        () -> request("earthquake", 1, "8s"),
                        "there is no scenario 'earthquake'; there are handover, "),
                mistake(() -> request("agent-kill,", 1, "8s"), "there is no scenario ''"),
                mistake(() -> from("next", "earthquake"), "there is no scenario 'earthquake'"),
                mistake(() -> from("all", "handover"), "only the scenario next is chosen from a list; 'all' says"),
                mistake(() -> request("handover,next", 1, "8s"), "there is no scenario 'next'; there are"),
                mistake(() -> request("all", 0, "8s"), "the scenarios can be run 1 time or more, not 0"),
                mistake(() -> request("all", 1, "8"), "the time 8 is not a number with ms, s, m or h"),
                mistake(() -> request("all", 1, "0s"), "the time 0s is not a number above 0 with"),
                mistake(() -> new DrillRequest.Demands("soon", null, "90s"), "the time soon is not"),
                mistake(() -> new DrillRequest.Demands("1s", -1, "90s"), "connections may be lost, not -1"),
                mistake(() -> new DrillRequest.Demands("1s", 1, ""), "the time  is not"),
                mistake(() -> new DrillRequest.Client("0ms", 1, null), "the time 0ms is not"),
                mistake(() -> new DrillRequest.Client("5ms", -1, null), "through the drill, not -1"),
                mistake(() -> new DrillRequest.Client("5ms", 1, "often"), "the time often is not"),
                mistake(() -> new DrillRequest.Conditions(-1, null), "to be healthy, not -1"),
                mistake(
                        () -> new DrillRequest.Conditions(1, "at night"),
                        "the window at night is not like 22:00-05:00"));
    }

    private static Arguments mistake(ThrowingCallable making, String sentence) {
        return Arguments.of(sentence, making);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void whatMakesNoSenseCannotBeMade(String sentence, ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }

    @Test
    void aRequestArrivesOnAnotherMachineAsItWasSent() throws Exception {
        DrillRequest request = request("partition", 3, "8s");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(request);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(List.of(in.readObject())).containsExactly(request);
        }
    }
}
