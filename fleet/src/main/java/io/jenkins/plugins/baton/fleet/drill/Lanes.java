package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Lane;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Phase;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.FrontendStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Turns what the nodes said into rows of who was what, from when to when. Pure. */
final class Lanes {
    /** What a node is called while its agent says nothing. */
    static final String NO_DATA = "NO_DATA";

    /** An agent that says nothing repeats nothing: silence is what the watcher noted. */
    private final Recording recording;

    private final Function<Long, Double> millis;
    private final long end;

    /**
     * @param millis from our nano time to the report's time
     * @param end of the drill, nano time
     */
    Lanes(Recording recording, Function<Long, Double> millis, long end) {
        this.recording = recording;
        this.millis = millis;
        this.end = end;
    }

    /** One row a node: its state in the virtual router. */
    List<Lane> holders(List<String> nodes, String router) {
        List<Lane> lanes = new ArrayList<>();
        for (String node : nodes) {
            List<Point> points = new ArrayList<>();
            for (Recording.Seen seen : recording.seen()) {
                if (seen.status().node().equals(node)) {
                    seen.status()
                            .router(router)
                            .ifPresent(r -> points.add(new Point(
                                    seen.since(r.stateSince()), r.state().name())));
                }
            }
            addGaps(points, node);
            lanes.add(lane(node, points));
        }
        return lanes;
    }

    /** One row a node and backend: its health as that node saw it. */
    List<Lane> backends(List<String> nodes, String frontend) {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        for (String node : nodes) {
            for (Recording.Seen seen : recording.seen()) {
                if (seen.status().node().equals(node)) {
                    for (BackendStatus backend : seen.status()
                            .frontend(frontend)
                            .map(FrontendStatus::backends)
                            .orElse(List.of())) {
                        points.computeIfAbsent(backend.name() + " seen by " + node, key -> new ArrayList<>())
                                .add(new Point(seen.at(), backend.health().name()));
                    }
                }
            }
        }
        List<Lane> lanes = new ArrayList<>();
        points.forEach((name, list) -> {
            addGaps(list, name.substring(name.lastIndexOf(' ') + 1));
            lanes.add(lane(name, list));
        });
        return lanes;
    }

    private void addGaps(List<Point> points, String node) {
        for (Recording.Note note : recording.notes()) {
            if (note.node().equals(node) && note.noData()) {
                points.add(new Point(note.at(), NO_DATA));
            }
        }
        points.sort((a, b) -> Long.compare(a.at, b.at));
    }

    private Lane lane(String name, List<Point> points) {
        List<Phase> phases = new ArrayList<>();
        for (int i = 0; i < points.size(); ) {
            int next = i + 1;
            while (next < points.size() && points.get(next).state.equals(points.get(i).state)) {
                next++;
            }
            long to = next < points.size() ? points.get(next).at : end;
            phases.add(new Phase(points.get(i).state, millis.apply(points.get(i).at), millis.apply(to)));
            i = next;
        }
        return new Lane(name, phases);
    }

    private record Point(long at, String state) {}
}
