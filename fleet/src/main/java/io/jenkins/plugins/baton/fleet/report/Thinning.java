package io.jenkins.plugins.baton.fleet.report;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Event;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Lane;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Probes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A report that a page draws at once: of the client's attempts those without an answer and, of each short time, the slowest
 * are kept; a list is cut where nobody reads on. The figures are those of the whole drill. Pure.
 */
public final class Thinning {
    /** A chart of 1,000 pixels shows no more. */
    private static final int ATTEMPTS = 6000;

    private static final int ROWS = 1000;
    private static final int LANES = 200;

    private Thinning() {}

    public static DrillReport of(DrillReport drill) {
        return drill.toBuilder()
                .verdict(cut(drill.verdict(), LANES))
                .moments(cut(drill.moments(), LANES))
                .outages(cut(drill.outages(), ROWS))
                .holders(lanes(drill.holders()))
                .backendHealth(lanes(drill.backendHealth()))
                .timeline(cut(drill.timeline(), ROWS, new Event(0, "", "…")))
                .stages(cut(drill.stages(), LANES))
                .probes(probes(drill.probes()))
                .build();
    }

    private static List<Lane> lanes(List<Lane> lanes) {
        return cut(lanes, LANES).stream()
                .map(lane -> new Lane(lane.name(), cut(lane.phases(), ROWS)))
                .toList();
    }

    private static <T> List<T> cut(List<T> list, int length) {
        return list.size() <= length ? list : list.subList(0, length);
    }

    private static <T> List<T> cut(List<T> list, int length, T mark) {
        if (list.size() <= length) {
            return list;
        }
        List<T> cut = new ArrayList<>(list.subList(0, length));
        cut.add(mark);
        return cut;
    }

    private static Probes probes(Probes probes) {
        int count =
                Math.min(probes.startMillis().length, Math.min(probes.latencyMillis().length, probes.result().length));
        if (count <= ATTEMPTS) {
            return probes;
        }
        int[] kept = kept(probes, count);
        return new Probes(
                IntStream.of(kept).mapToDouble(i -> probes.startMillis()[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> probes.latencyMillis()[i]).toArray(),
                IntStream.of(kept).map(i -> probes.result()[i]).toArray(),
                cut(probes.results(), LANES));
    }

    /** Of each of equally long parts the slowest that was answered, and the slowest that was not. */
    private static int[] kept(Probes probes, int count) {
        int parts = ATTEMPTS / 2;
        int[] kept = new int[ATTEMPTS];
        int length = 0;
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) count * part / parts);
            int to = (int) ((long) count * (part + 1) / parts);
            int answered = -1;
            int unanswered = -1;
            for (int i = from; i < to; i++) {
                double latency = probes.latencyMillis()[i];
                if (probes.result()[i] == 0) {
                    answered = answered < 0 || latency > probes.latencyMillis()[answered] ? i : answered;
                } else {
                    unanswered = unanswered < 0 || latency > probes.latencyMillis()[unanswered] ? i : unanswered;
                }
            }
            int first = Math.min(answered, unanswered);
            int second = Math.max(answered, unanswered);
            if (first >= 0) {
                kept[length++] = first;
            }
            if (second >= 0) {
                kept[length++] = second;
            }
        }
        return Arrays.copyOf(kept, length);
    }
}
