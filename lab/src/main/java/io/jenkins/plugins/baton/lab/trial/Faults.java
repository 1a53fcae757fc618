package io.jenkins.plugins.baton.lab.trial;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.probe.Streams;
import io.jenkins.plugins.baton.lab.trial.Setting.Plane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs every trial in every setting that promises something about it, and prints a table. Arguments: the agent's
 * distribution; how many rounds at most, otherwise as many as each trial needs to show something; a regular expression for
 * the lines to run, as in {@code "SIGTERM.* proxy"}. The exit code is 1 when a promise was not kept.
 */
public final class Faults {
    private static final List<Setting> SETTINGS = List.of(
            new Setting(Plane.KERNEL, false, Setting.DEFAULT_INTERVAL),
            new Setting(Plane.KERNEL, true, Setting.DEFAULT_INTERVAL),
            new Setting(Plane.PROXY, false, Setting.DEFAULT_INTERVAL),
            new Setting(Plane.PROXY, true, Setting.DEFAULT_INTERVAL));
    private static final String ROW = "%-42s %-12s %6s %5s %9s %7s %14s  %s%n";

    private final Agent agent;
    private final int mostRounds;
    private final Pattern wanted;
    private boolean kept = true;

    private Faults(Agent agent, int mostRounds, Pattern wanted) {
        this.agent = agent;
        this.mostRounds = mostRounds;
        this.wanted = wanted;
    }

    public static void main(String[] arguments) {
        int mostRounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : Integer.MAX_VALUE;
        Pattern wanted = Pattern.compile(arguments.length > 2 ? arguments[2] : "");
        try {
            Faults faults = new Faults(new Agent(Path.of(arguments[0])), mostRounds, wanted);
            print("what", "plane", "rounds", "lost", "connects", "failed", "worst gap, ms", "verdict");
            SETTINGS.forEach(faults::run);
            System.exit(faults.kept ? 0 : 1);
        } catch (LabException e) {
            System.err.println("faults: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(Setting setting) {
        List<Trial> trials = Arrays.stream(Trial.values())
                .filter(trial -> trial.isFor(setting))
                .filter(trial -> wanted.matcher(trial.title() + " " + setting).find())
                .toList();
        if (trials.isEmpty()) {
            return;
        }
        try (Bed bed = new Bed(agent, setting);
                Streams watch = watch(bed)) {
            trials.forEach(trial -> run(trial, bed));
            if (setting.plane() == Plane.KERNEL) {
                int lost = watch.lost();
                kept &= lost == 0;
                print("an HTTP/2 stream, through all of that", setting, 1, lost, "", "", "", lost == 0 ? "met" : "NOT MET");
            }
        }
    }

    /** In the kernel plane a stream survives all but its backend's death; so it is not on m1, which befalls the most. */
    private static Streams watch(Bed bed) {
        if (bed.setting().plane() == Plane.PROXY) {
            return Streams.none();
        }
        bed.askAll("drain " + bed.home());
        Streams watch = bed.streams(1, "/watch", "--http2");
        bed.askAll("enable " + bed.home());
        return watch;
    }

    private void run(Trial trial, Bed bed) {
        int rounds = Math.min(trial.rounds(), mostRounds);
        try {
            Result result = trial.run(bed, rounds);
            boolean inTime = result.worstGap().compareTo(trial.allowedGap()) <= 0;
            boolean met = result.isUnharmed() && inTime;
            kept &= met;
            print(trial.title(), bed.setting(), result.rounds(), result.lost(), result.connects(), result.failed(),
                    result.worstGap().toMillis(), verdict(met, inTime, trial.allowedGap()) + result.note());
            result.broken().forEach(session -> System.out.println("  " + session));
        } catch (LabException e) {
            kept = false;
            print(trial.title(), bed.setting(), rounds, "", "", "", "", "NOT MET: " + e.getMessage());
            System.err.println(bed.logs());
            bed.recover();
        }
    }

    private static String verdict(boolean met, boolean inTime, Duration allowed) {
        return (met ? "met" : "NOT MET") + (inTime ? "" : ": the gap is longer than " + allowed.toMillis() + " ms") + "  ";
    }

    private static void print(Object... cells) {
        System.out.printf(ROW, cells);
    }
}
