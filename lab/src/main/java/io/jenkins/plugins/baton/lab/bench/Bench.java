package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.bench.idle.ClusterSize;
import io.jenkins.plugins.baton.lab.bench.idle.Idle;
import io.jenkins.plugins.baton.lab.bench.load.Load;
import io.jenkins.plugins.baton.lab.experiment.Stack;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Measures, and writes the page about it. Arguments: the agent's distribution, the file of samples, the folder of the
 * page, the number of rounds, the seconds of each measurement under load, the minutes after the start at which idle clusters are
 * measured ({@code "1 10"}), their sizes ({@code "3x1 3x10"}, nodes and frontends), and which parts: {@code load},
 * {@code failover}, {@code redispatch}, {@code calm}, {@code idle}. Samples are added to those in the file; without a part the page is
 * made from what is there.
 */
public final class Bench {
    private final Agent agent;
    private final Samples samples;
    private final int seconds;
    private final List<String> idleMinutes;
    private final List<ClusterSize> idleClusters;

    private Bench(Samples samples, List<String> arguments) {
        this.agent = new Agent(Path.of(arguments.get(0)));
        this.samples = samples;
        this.seconds = Integer.parseInt(arguments.get(4));
        this.idleMinutes = List.of(arguments.get(5).split(" "));
        this.idleClusters =
                Stream.of(arguments.get(6).split(" ")).map(ClusterSize::of).toList();
    }

    public static void main(String[] arguments) {
        List<String> parts = Arrays.asList(arguments).subList(7, arguments.length);
        try {
            Samples samples = Samples.of(Path.of(arguments[1]));
            Bench bench = new Bench(samples, List.of(arguments));
            boolean whole = bench.rounds(Integer.parseInt(arguments[3]), parts);
            Page.write(samples, Path.of(arguments[2]));
            System.exit(whole ? 0 : 1);
        } catch (LabException | NumberFormatException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    /** A turn that fails does not take what the others have measured with it. */
    private boolean rounds(int rounds, List<String> parts) {
        boolean whole = true;
        for (int round = 1; round <= rounds; round++) {
            for (String part : parts) {
                System.err.println(part + ", round " + round + " of " + rounds);
                for (Runnable turn : turns(part)) {
                    try {
                        turn.run();
                    } catch (LabException e) {
                        System.err.println("bench: " + part + " is not complete: " + e.getMessage());
                        whole = false;
                    }
                }
            }
        }
        return whole;
    }

    /** One round: of each candidate, or of all at once, so that a noisy machine is noisy for all of them. */
    private List<Runnable> turns(String part) {
        return switch (part) {
            case "load" -> List.of(() -> Load.round(agent, seconds, samples));
            case "failover" -> turns(Stacks.all(agent), stack -> Failover.round(stack, samples));
            case "redispatch" -> turns(Stacks.all(agent).subList(0, 3), stack -> Redispatch.round(stack, samples));
            case "calm" -> List.of(() -> FalseFailovers.round(agent, samples));
            case "idle" -> List.of(() -> Idle.round(agent, idleClusters, idleMinutes, samples));
            default ->
                throw new LabException(
                        "there is no part " + part + " to measure, only load, failover, redispatch, calm and idle");
        };
    }

    private static List<Runnable> turns(List<Supplier<Stack>> stacks, Consumer<Stack> turn) {
        return stacks.stream()
                .<Runnable>map(stack -> () -> turn.accept(stack.get()))
                .toList();
    }
}
