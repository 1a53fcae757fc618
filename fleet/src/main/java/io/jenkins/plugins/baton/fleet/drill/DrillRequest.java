package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.Times;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operator asks for, in the operator's words; {@link #plans} makes sense of them. Times are a number with
 * {@code ms}, {@code s} or {@code m}.
 *
 * @param scenario a scenario's word, several with commas between, or {@code all}
 * @param node the node to hit; null: the holder of the virtual address
 * @param maxOutage longest outage with which the drill passes
 * @param maxLostConnections of the long-lived ones; null: any number
 * @param hold how long the fault lasts
 * @param settle how long the cluster may take to be steady again
 * @param interval between two new connections of the client
 * @param connections how many are held through the drill
 * @param minHealthy nodes beside the one that is hit which must be able to hold the address
 * @param window the time of day in which drills are allowed, as {@code 22:00-05:00}; null: always
 */
public record DrillRequest(
        String scenario,
        String node,
        String maxOutage,
        Integer maxLostConnections,
        String hold,
        String settle,
        String interval,
        int connections,
        int minHealthy,
        String window)
        implements Serializable {
    public static final String ALL = "all";
    public static final String MAX_OUTAGE = "3s";
    public static final String HOLD = "8s";
    public static final String SETTLE = "90s";
    public static final String INTERVAL = "5ms";
    public static final int CONNECTIONS = 20;
    public static final int MIN_HEALTHY = 1;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SLOW_CONNECT = Duration.ofMillis(500);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException with a sentence about the first word that makes no sense */
    public List<Plan> plans() {
        Optional<TimeWindow> allowed = Optional.ofNullable(window).map(TimeWindow::parse);
        Plan.Limits limits = new Plan.Limits(
                Times.parse(maxOutage),
                maxLostConnections == null ? OptionalInt.empty() : OptionalInt.of(maxLostConnections));
        Plan.Probing probing = new Plan.Probing(
                Times.parse(interval), CONNECT_TIMEOUT, SLOW_CONNECT, connections, READ_TIMEOUT, Optional.empty());
        Duration holding = Times.parse(hold);
        Duration settling = Times.parse(settle);
        return scenarios().stream()
                .map(s ->
                        new Plan(s, Optional.ofNullable(node), holding, settling, limits, probing, minHealthy, allowed))
                .toList();
    }

    private List<Scenario> scenarios() {
        if (scenario.equals(ALL)) {
            return List.of(Scenario.values());
        }
        return Arrays.stream(scenario.split(","))
                .map(String::strip)
                .map(word -> Scenario.of(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "there is no scenario " + word + "; there are " + Scenario.words() + ", " + ALL)))
                .toList();
    }
}
