package io.jenkins.plugins.baton.agent.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Which clusters are run: others each time, by a random base that is printed, and those that found something once
 * ({@code found-seeds.txt}). {@code make simulate} sets the properties.
 *
 * <ul>
 *   <li>{@code baton.simulation.seed} runs one seed alone and prints its story, whatever comes of it.
 *   <li>{@code baton.simulation.base} repeats a whole run.
 *   <li>{@code baton.simulation.seeds} is the number of clusters of all scenarios together; without it there are ten
 *       thousand, or as many as a minute of the processor is enough for.
 * </ul>
 */
public final class Seeds {
    private static final OptionalLong ONLY = property("baton.simulation.seed");
    private static final long BASE =
            property("baton.simulation.base").orElseGet(() -> new SecureRandom().nextInt(Integer.MAX_VALUE) * 1_000L);
    /** Of a story, when it is told of a failure among thousands of clusters. */
    private static final int LAST_LINES = 80;

    /** Without a number of clusters the build decides, and gives them so much of the processor. */
    private static final boolean BOXED = property("baton.simulation.seeds").isEmpty();

    private static final long CPU_LIMIT_NANOS = 60_000_000_000L;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final AtomicLong SPENT = new AtomicLong();

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
     * @param share of all clusters, in thousandths
     * @param cluster of a seed
     * @param day what happens to it
     */
    public static <W extends Simulated> void run(String scenario, int share, LongFunction<W> cluster, Consumer<W> day) {
        if (ONLY.isPresent()) {
            W world = run(scenario, ONLY.getAsLong(), cluster, day);
            System.out.println(world.story().last(Integer.MAX_VALUE));
            return;
        }
        found(scenario).forEach(seed -> run(scenario, seed, cluster, day));
        long clusters = Math.max(1, CLUSTERS * share / 1000);
        for (long n = 0; n < clusters; n++) {
            if (BOXED && SPENT.get() > CPU_LIMIT_NANOS) {
                System.out.printf("Simulation: no more time, %d of %d clusters of %s%n", n, clusters, scenario);
                return;
            }
            long before = CPU.getCurrentThreadCpuTime();
            run(scenario, BASE + n, cluster, day);
            SPENT.addAndGet(CPU.getCurrentThreadCpuTime() - before);
        }
    }

    private static <W extends Simulated> W run(String scenario, long seed, LongFunction<W> cluster, Consumer<W> day) {
        W world = cluster.apply(seed);
        try {
            day.accept(world);
            return world;
        } catch (AssertionError e) {
            String story = world.story().last(ONLY.isPresent() ? Integer.MAX_VALUE : LAST_LINES);
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
