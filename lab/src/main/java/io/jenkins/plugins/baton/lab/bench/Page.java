package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.bench.load.Candidates;
import io.jenkins.plugins.baton.lab.experiment.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The page about what was measured: the words are in {@code performance.md} beside this class, the figures come here. */
final class Page {
    private static final List<String> BALANCERS = List.of(
            Candidates.HAPROXY,
            Candidates.HAPROXY_BIG,
            Candidates.PROXY,
            Candidates.KERNEL,
            Candidates.STRAIGHT,
            Candidates.TRACKED);
    private static final List<String> KEEPERS = List.of(Stacks.DEFAULT, Stacks.FAST, Stacks.PROXY, Stacks.KERNEL);

    private final Samples samples;

    private Page(Samples samples) {
        this.samples = samples;
    }

    /** Writes {@code performance.md} and its plots into a folder. */
    static void write(Samples samples, Path folder) {
        Page page = new Page(samples);
        try (InputStream words = Page.class.getResourceAsStream("performance.md")) {
            Path plots = Files.createDirectories(folder.resolve("performance"));
            Files.writeString(plots.resolve("throughput.svg"), page.throughput().svg());
            Files.writeString(plots.resolve("processor.svg"), page.processor().svg());
            Files.writeString(plots.resolve("gaps.svg"), page.gaps().svg());
            IdleTables idle = new IdleTables(samples);
            Files.writeString(plots.resolve("idle.svg"), idle.chart().svg());
            Files.writeString(
                    folder.resolve("performance.md"),
                    new String(words.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("@ROUNDS@", page.rounds())
                            .replace("@GOALS@", new Goals(samples).toString())
                            .replace("@LOAD@", page.load().toString())
                            .replace("@FAILOVER@", page.failover().toString())
                            .replace("@REDISPATCH@", page.redispatch().toString())
                            .replace("@CALM@", page.calm().toString())
                            .replace("@IDLE@", idle.nodes().toString())
                            .replace("@IDLE_THREADS@", idle.threads()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rounds() {
        return "%d rounds of load, %d of faults"
                .formatted(
                        samples.rounds(Rows.REQUESTS_64, Candidates.HAPROXY),
                        samples.rounds(outage(Fault.KILL.title()), Stacks.FAST));
    }

    private Table load() {
        Table table = new Table(samples, "", BALANCERS);
        Stream.concat(Rows.THROUGHPUT.stream(), Stream.concat(Rows.LATENCY.stream(), Rows.PROCESSOR.stream()))
                .forEach(row -> table.ratioRow(row, row));
        Rows.FOOTPRINT.forEach(row -> table.row(row, row));
        return table;
    }

    private BarChart throughput() {
        return relative("Throughput, haproxy = 1: more is better", Rows.THROUGHPUT);
    }

    private BarChart processor() {
        return relative("Processor time, haproxy = 1: less is better", Rows.PROCESSOR);
    }

    private BarChart relative(String title, List<String> rows) {
        BarChart chart = new BarChart(title, BALANCERS, false);
        for (String row : rows) {
            double base = median(row, Candidates.HAPROXY);
            chart.add(new BarChart.Group(
                    row.replaceAll(", (GB/s|µs|s)$", ""),
                    BALANCERS.stream().map(who -> median(row, who) / base).toList()));
        }
        return chart;
    }

    private BarChart gaps() {
        BarChart chart = new BarChart("Longest outage that a client sees, ms: less is better", KEEPERS, true);
        events().forEach(event -> chart.add(new BarChart.Group(
                event, KEEPERS.stream().map(who -> median(outage(event), who)).toList())));
        return chart;
    }

    private Table failover() {
        Table table =
                new Table(samples, "outage, ms · failed connects · sessions lost of " + Failover.SESSIONS, KEEPERS);
        events().forEach(event -> table.cells(
                event,
                KEEPERS.stream()
                        .map(who -> samples.spread(outage(event), who)
                                .map(outage -> outage + " · "
                                        + samples.spread("failed: " + event, who)
                                                .orElseThrow() + " · "
                                        + samples.spread("lost: " + event, who).orElseThrow())
                                .orElse(""))
                        .toList()));
        return table;
    }

    private Table redispatch() {
        List<String> who = List.of(Stacks.FAST, Stacks.PROXY, Stacks.KERNEL);
        Table table = new Table(samples, "of " + Redispatch.CONNECTS + " connects", who);
        for (Fault fault : Redispatch.FAULTS) {
            table.row(fault.title() + ": failed", "failed: " + fault.title());
            table.row(fault.title() + ": slowest, ms", "slowest, ms: " + fault.title());
        }
        return table;
    }

    private Table calm() {
        Table table = new Table(samples, "", List.of("Baton", "keepalived"));
        FalseFailovers.INTERVALS.forEach(millis -> table.row(FalseFailovers.row(millis), FalseFailovers.row(millis)));
        return table;
    }

    private static Stream<String> events() {
        return Stream.concat(
                Failover.FAULTS.stream().map(Fault::title),
                Stream.of(
                        Failover.healing(Fault.HANDOVER),
                        Failover.healing(Fault.KILL),
                        Failover.healing(Fault.PARTITION)));
    }

    private static String outage(String event) {
        return "outage, ms: " + event;
    }

    private double median(String row, String who) {
        return samples.spread(row, who).map(Spread::median).orElse(Double.NaN);
    }
}
