package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.bench.Failover.Sample;
import io.jenkins.plugins.baton.lab.fault.BatonStack;
import io.jenkins.plugins.baton.lab.fault.Fault;
import io.jenkins.plugins.baton.lab.fault.KeepalivedStack;
import io.jenkins.plugins.baton.lab.fault.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Writes Markdown tables to standard output and its progress to standard error. Arguments: the agent's distribution, the
 * cluster file, the number of rounds. The contestants take turns in every round, so that a noisy machine is noisy for
 * all of them.
 */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        Agent agent = new Agent(Path.of(arguments[0]));
        Path clusterFile = Path.of(arguments[1]).toAbsolutePath();
        int rounds = Integer.parseInt(arguments[2]);
        List<Function<Lab, Stack>> contestants = List.of(
                lab -> new BatonStack(agent, clusterFile),
                lab -> new KeepalivedStack(Keepalived.configuration().interval("0.1"), lab.masters()),
                lab -> new KeepalivedStack(Keepalived.configuration().interval("1"), lab.masters()));
        try {
            List<Sample> samples = new ArrayList<>();
            List<Cost> costs = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                System.err.println("round " + round + " of " + rounds);
                costs.add(Cost.measure(agent, clusterFile));
                for (Function<Lab, Stack> contestant : contestants) {
                    samples.addAll(Failover.round(contestant));
                }
            }
            print(samples, costs);
        } catch (LabException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void print(List<Sample> samples, List<Cost> costs) {
        System.out.println("|  | start to open port, ms | resident memory idle, MB |");
        System.out.println("|---|---|---|");
        cost("Baton's agent", costs, Cost::agentStartMillis, Cost::agentMegabytes);
        cost("haproxy", costs, Cost::haproxyStartMillis, Cost::haproxyMegabytes);
        cost("keepalived (two processes)", costs, null, Cost::keepalivedMegabytes);
        table("Longest gap, ms", samples, s -> s.outcome().impact().longestGap().toMillis());
        table("Takeover, ms", samples, s -> s.outcome()
                .takeover()
                .map(t -> (double) t.after().toMillis())
                .orElse(Double.NaN));
        table("Failed connects (one each 5 ms)", samples, s -> s.outcome().impact().failed());
        table("Slow connects", samples, s -> s.outcome().impact().slow());
        table("Long-lived sessions lost (of 20)", samples, s -> s.outcome().impact().lostSessions());
        table("Longest gap when it is put right, ms", samples, s -> s.back().longestGap().toMillis());
        table("Failed connects when it is put right", samples, s -> s.back().failed());
        table("Sessions lost when it is put right", samples, s -> s.back().lostSessions());
    }

    private static void cost(
            String who, List<Cost> costs, ToDoubleFunction<Cost> start, ToDoubleFunction<Cost> memory) {
        System.out.println("| " + who
                + " | " + (start == null ? "" : spread(costs, start))
                + " | " + spread(costs, memory) + " |");
    }

    private static void table(String title, List<Sample> samples, ToDoubleFunction<Sample> figure) {
        Map<Fault, Map<String, List<Sample>>> cells = samples.stream()
                .collect(Collectors.groupingBy(
                        Sample::fault,
                        LinkedHashMap::new,
                        Collectors.groupingBy(Sample::stack, LinkedHashMap::new, Collectors.toList())));
        LinkedHashSet<String> stacks = samples.stream().map(Sample::stack).collect(Collectors.toCollection(LinkedHashSet::new));
        System.out.println();
        System.out.println("| " + title + " | " + String.join(" | ", stacks) + " |");
        System.out.println("|---" + "|---".repeat(stacks.size()) + "|");
        cells.forEach((fault, byStack) -> System.out.println("| " + fault.title() + " | "
                + stacks.stream().map(s -> spread(byStack.get(s), figure).toString()).collect(Collectors.joining(" | "))
                + " |"));
    }

    private static <T> Spread spread(List<T> samples, ToDoubleFunction<T> figure) {
        return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
    }
}
