package io.jenkins.plugins.baton.agent.vrrp.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Which clusters are run: others each time, by a random base that is printed, and those that found something once
 * ({@code found-seeds.txt}). {@code make simulate} sets the properties.
 *
 * <ul>
 *   <li>{@code baton.simulation.seed} runs one seed alone and prints its story, whatever comes of it.
 *   <li>{@code baton.simulation.base} repeats a whole run.
 *   <li>{@code baton.simulation.seeds} is the number of clusters of all scenarios together.
 * </ul>
 */
final class Seeds {
    private static final OptionalLong ONLY = property("baton.simulation.seed");
    private static final long BASE =
            property("baton.simulation.base").orElseGet(() -> new SecureRandom().nextInt(Integer.MAX_VALUE) * 1_000L);
    /** Of a story, when it is told of a failure among thousands of clusters. */
    private static final int LAST_LINES = 80;

    private static final long CLUSTERS = property("baton.simulation.seeds").orElse(10_000);

    static {
        System.out.printf(
                "Simulation: %s%n",
                ONLY.isPresent()
                        ? "seed " + ONLY.getAsLong()
                        : CLUSTERS + " clusters, base " + BASE + " (make simulate BASE=" + BASE + " repeats them)");
    }

    private Seeds() {}

    private static OptionalLong property(String name) {
        String value = System.getProperty(name, "");
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    /**
     * Runs a scenario for its share of the clusters.
     *
     * @param scenario its name, which is that of the test method
     * @param share of all clusters, in percent
     * @param cluster of a seed
     * @param day what happens to it
     */
    static void run(String scenario, int share, LongFunction<World> cluster, Consumer<World> day) {
        if (ONLY.isPresent()) {
            World world = run(scenario, ONLY.getAsLong(), cluster, day);
            System.out.println(world.story(Integer.MAX_VALUE));
            return;
        }
        LongStream random =
                LongStream.range(0, Math.max(1, CLUSTERS * share / 100)).map(n -> BASE + n);
        LongStream.concat(found(scenario).stream().mapToLong(Long::longValue), random)
                .forEach(seed -> run(scenario, seed, cluster, day));
    }

    private static World run(String scenario, long seed, LongFunction<World> cluster, Consumer<World> day) {
        World world = cluster.apply(seed);
        try {
            day.accept(world);
            return world;
        } catch (AssertionError e) {
            String story = world.story(ONLY.isPresent() ? Integer.MAX_VALUE : LAST_LINES);
            throw new AssertionError(
                    "make simulate SCENARIO=" + scenario + " SEED=" + seed + " repeats this:\n" + story + "\n"
                            + e.getMessage(),
                    e);
        }
    }

    /** Those that found something in this scenario. */
    private static List<Long> found(String scenario) {
        try (InputStream file = Seeds.class.getResourceAsStream("found-seeds.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .filter(words -> words[0].equals(scenario))
                    .map(words -> Long.parseLong(words[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the seeds that found something", e);
        }
    }
}
