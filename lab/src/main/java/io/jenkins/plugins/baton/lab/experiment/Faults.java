package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs every experiment in every variant that promises something about it, and prints a table. Arguments: the agent's
 * distribution; how many rounds at most, otherwise as many as each experiment needs to show something; a regular expression for
 * the lines to run, as in {@code "SIGTERM.* proxy"}. The exit code is 1 when a promise was not kept.
 */
public final class Faults {
    private static final List<Variant> VARIANTS = List.of(
            new Variant(Plane.KERNEL, false, Variant.DEFAULT_INTERVAL),
            new Variant(Plane.KERNEL, true, Variant.DEFAULT_INTERVAL),
            new Variant(Plane.PROXY, false, Variant.DEFAULT_INTERVAL),
            new Variant(Plane.PROXY, true, Variant.DEFAULT_INTERVAL));
    private static final String ROW = "%-42s %-12s %6s %5s %9s %7s %16s  %s%n";

    private final Agent agent;
    private final int maxRounds;
    private final Pattern wanted;
    private boolean kept = true;

    private Faults(Agent agent, int maxRounds, Pattern wanted) {
        this.agent = agent;
        this.maxRounds = maxRounds;
        this.wanted = wanted;
    }

    public static void main(String[] arguments) {
        int maxRounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : Integer.MAX_VALUE;
        Pattern wanted = Pattern.compile(arguments.length > 2 ? arguments[2] : "");
        try {
            Faults faults = new Faults(new Agent(Path.of(arguments[0])), maxRounds, wanted);
            print("what", "plane", "rounds", "lost", "connects", "failed", "worst outage, ms", "verdict");
            VARIANTS.forEach(faults::run);
            System.exit(faults.kept ? 0 : 1);
        } catch (LabException e) {
            System.err.println("faults: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(Variant variant) {
        List<Experiment> experiments = Arrays.stream(Experiment.values())
                .filter(experiment -> experiment.isFor(variant))
                .filter(experiment ->
                        wanted.matcher(experiment.title() + " " + variant).find())
                .toList();
        if (experiments.isEmpty()) {
            return;
        }
        try (AgentTestbed testbed = new AgentTestbed(agent, variant);
                Streams watch = watch(testbed)) {
            experiments.forEach(experiment -> run(experiment, testbed));
            if (variant.plane() == Plane.KERNEL) {
                int lost = watch.lost();
                kept &= lost == 0;
                print(
                        "an HTTP/2 stream, through all of that",
                        variant,
                        1,
                        lost,
                        "",
                        "",
                        "",
                        lost == 0 ? "met" : "NOT MET");
            }
        }
    }

    /** In the kernel plane a stream survives all but its backend's death; so it is not on m1, which befalls the most. */
    private static Streams watch(AgentTestbed testbed) {
        if (testbed.variant().plane() == Plane.PROXY) {
            return Streams.none();
        }
        testbed.askAll("drain " + testbed.home());
        Streams watch = testbed.streams(1, "/watch", "--http2");
        testbed.askAll("enable " + testbed.home());
        return watch;
    }

    private void run(Experiment experiment, AgentTestbed testbed) {
        int rounds = Math.min(experiment.rounds(), maxRounds);
        try {
            Result result = experiment.run(testbed, rounds);
            boolean inTime = result.worstOutage().compareTo(experiment.allowedOutage()) <= 0;
            boolean met = result.isUnharmed() && inTime;
            kept &= met;
            print(
                    experiment.title(),
                    testbed.variant(),
                    result.rounds(),
                    result.lost(),
                    result.connects(),
                    result.failed(),
                    result.worstOutage().toMillis(),
                    verdict(met, inTime, experiment.allowedOutage()) + result.note());
            result.broken().forEach(session -> System.out.println("  " + session));
        } catch (LabException e) {
            kept = false;
            print(experiment.title(), testbed.variant(), rounds, "", "", "", "", "NOT MET: " + e.getMessage());
            System.err.println(testbed.logs());
            testbed.recover();
        }
    }

    private static String verdict(boolean met, boolean inTime, Duration allowed) {
        return (met ? "met" : "NOT MET") + (inTime ? "" : ": the outage is longer than " + allowed.toMillis() + " ms")
                + "  ";
    }

    private static void print(Object... cells) {
        System.out.printf(ROW, cells);
    }
}
