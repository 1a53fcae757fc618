package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.Times;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operator asks for, in the operator's words. One that makes no sense cannot be made. Times are a number with
 * {@code ms}, {@code s}, {@code m} or {@code h}.
 *
 * @param scenario a scenario's word, several with commas between, {@code all}, or {@code next}: the one that was drilled
 *     longest ago
 * @param from the scenarios of which {@code next} is one, a word each; empty: all of them
 * @param times how often to run the scenarios, one after the other; 1..1000
 * @param node the node to hit; null: the holder of the virtual address
 * @param hold how long the fault lasts
 */
public record DrillRequest(
        String scenario,
        List<String> from,
        int times,
        String node,
        String hold,
        Demands demands,
        Client client,
        Conditions conditions)
        implements Serializable {
    public static final int TIMES = 1;
    public static final String HOLD = "8s";

    private static final int MAX_TIMES = 1_000;

    /** @throws IllegalArgumentException with a sentence about the first word that makes no sense */
    public DrillRequest {
        from = from == null ? List.of() : List.copyOf(from);
        if (scenario.equals(Scenario.NEXT)) {
            candidates(from);
        } else {
            Scenario.list(scenario);
            if (!from.isEmpty()) {
                throw new IllegalArgumentException("only the scenario " + Scenario.NEXT + " is chosen from a list; '"
                        + scenario + "' says itself what to drill");
            }
        }
        Times.parse(hold);
        atLeast(1, times, "the scenarios can be run 1 time or more");
        atMost(MAX_TIMES, times, "the scenarios can be run " + MAX_TIMES + " times at most");
    }

    private static void atLeast(int least, int number, String sentence) {
        if (number < least) {
            throw new IllegalArgumentException(sentence + ", not " + number);
        }
    }

    private static void atMost(int most, int number, String sentence) {
        if (number > most) {
            throw new IllegalArgumentException(sentence + ", not " + number);
        }
    }

    /**
     * What is demanded; the verdict's measure.
     *
     * @param maxOutage longest outage with which the drill passes
     * @param maxLostConnections of the long-lived ones; null: any number
     * @param settle how long the cluster may take to be steady again
     */
    public record Demands(String maxOutage, Integer maxLostConnections, String settle) implements Serializable {
        public static final String MAX_OUTAGE = "3s";
        public static final String SETTLE = "90s";

        /** @throws IllegalArgumentException as {@link DrillRequest} */
        public Demands {
            Times.parse(maxOutage);
            atLeast(
                    0,
                    maxLostConnections == null ? 0 : maxLostConnections,
                    "0 or more long-lived connections may be lost");
            Times.parse(settle);
        }
    }

    /**
     * How the measuring client behaves.
     *
     * @param interval between two new connections
     * @param connections how many are held through the drill; 0..10000
     * @param requests between an answer and the next request on one kept connection; null: no requests
     */
    public record Client(String interval, int connections, String requests) implements Serializable {
        public static final String INTERVAL = "5ms";
        public static final int CONNECTIONS = 20;

        /** Each takes a port of this machine, of which there are some 28,000 to one address. */
        private static final int MAX_CONNECTIONS = 10_000;

        private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
        private static final Duration SLOW_CONNECT = Duration.ofMillis(500);
        private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

        /** @throws IllegalArgumentException as {@link DrillRequest} */
        public Client {
            Times.parse(interval);
            atLeast(0, connections, "0 or more connections can be held through the drill");
            atMost(
                    MAX_CONNECTIONS,
                    connections,
                    MAX_CONNECTIONS + " connections can be held through the drill at most");
            Optional.ofNullable(requests).ifPresent(Times::parse);
        }

        private Plan.Probing probing() {
            return new Plan.Probing(
                    Times.parse(interval),
                    CONNECT_TIMEOUT,
                    SLOW_CONNECT,
                    connections,
                    READ_TIMEOUT,
                    Optional.ofNullable(requests).map(Times::parse));
        }
    }

    /**
     * Without which a drill does not begin.
     *
     * @param minHealthy nodes beside the one that is hit which must be able to hold the address
     * @param window the time of day in which drills are allowed, as {@code 22:00-05:00}; null: always
     */
    public record Conditions(int minHealthy, String window) implements Serializable {
        public static final int MIN_HEALTHY = 1;

        /** @throws IllegalArgumentException as {@link DrillRequest} */
        public Conditions {
            atLeast(0, minHealthy, "0 or more other nodes can be demanded to be healthy");
            allowed(window);
        }

        private static Optional<TimeWindow> allowed(String window) {
            return Optional.ofNullable(window).map(TimeWindow::parse);
        }
    }

    /** Of which one is to be drilled, in their usual order; empty when the request says itself which. */
    List<Scenario> candidates() {
        return scenario.equals(Scenario.NEXT) ? candidates(from) : List.of();
    }

    private static List<Scenario> candidates(List<String> words) {
        return words.isEmpty()
                ? List.of(Scenario.values())
                : Scenario.list(String.join(",", words)).stream()
                        .distinct()
                        .sorted()
                        .toList();
    }

    /** The same with a scenario that was decided for. */
    DrillRequest of(Scenario one) {
        return new DrillRequest(one.word(), List.of(), times, node, hold, demands, client, conditions);
    }

    /**
     * In the order in which they are to be carried out.
     *
     * @throws IllegalArgumentException for {@code next}, which {@link NextScenario} has to decide about before
     */
    public List<Plan> plans() {
        List<Plan> round = Scenario.list(scenario).stream().map(this::plan).toList();
        return Collections.nCopies(times, round).stream().flatMap(List::stream).toList();
    }

    private Plan plan(Scenario one) {
        return new Plan(
                one,
                Optional.ofNullable(node),
                Times.parse(hold),
                Times.parse(demands.settle),
                new Plan.Limits(
                        Times.parse(demands.maxOutage),
                        demands.maxLostConnections == null
                                ? OptionalInt.empty()
                                : OptionalInt.of(demands.maxLostConnections)),
                client.probing(),
                conditions.minHealthy,
                Conditions.allowed(conditions.window));
    }
}
