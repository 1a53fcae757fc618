package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Event;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Moment;
import io.jenkins.plugins.baton.fleet.report.DrillReport.NodeState;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Probes;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Rule;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Span;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Stage;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import io.jenkins.plugins.baton.probe.LongLived;
import io.jenkins.plugins.baton.probe.Outages;
import io.jenkins.plugins.baton.probe.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Everything that is known of one drill, and what follows from it. Pure.
 *
 * @param trouble what went wrong with the drill itself, a sentence each
 */
record Measurement(Plan plan, DrillTarget target, Timeline timeline, Observations observations, List<String> trouble) {
    /** Failures that are so close are one trouble for a reader: with one server of three gone, every third fails. */
    private static final long TOGETHER = 100_000_000;

    DrillReport report() {
        Outages outages =
                Outages.of(observations.connects(), plan.probing().slow().toNanos());
        Optional<Taken> taken = taken();
        Figures figures = Figures.builder()
                .outageMillis(outages.longestNanos() / 1e6)
                .outageSumMillis(outages.sumNanos() / 1e6)
                .resolutionMillis(outages.resolutionNanos() / 1e6)
                .attempts(outages.attempts())
                .failedConnects(outages.failed())
                .slowConnects(outages.slow())
                .longLived(observations.longLived())
                .longLivedLost(observations.losses().size())
                .newHolder(taken.map(Taken::node).orElse(""))
                .newHolderMillis(taken.map(t -> millis(t.at())).orElse(-1.0))
                .clockErrorMillis(observations.clockErrorMillis())
                .backendsUpMillis(backendsUp())
                .build();
        List<Rule> verdict = Verdict.of(plan, figures, trouble);
        Lanes lanes = new Lanes(observations.recording(), this::millis, timeline.end());
        return DrillReport.builder()
                .scenario(plan.scenario().word())
                .description(plan.scenario().description())
                .node(target.node())
                .router(router().name())
                .target(target.client().toString())
                .startedAt(timeline.startedAt().toString())
                .passed(verdict.stream().allMatch(Rule::passed))
                .verdict(verdict)
                .figures(figures)
                .moments(List.of(
                        new Moment("fault", 0),
                        new Moment("fault ended", millis(timeline.ended())),
                        new Moment("end", millis(timeline.end()))))
                .outages(outages.bands().stream()
                        .map(b -> new Span(millis(b.start()), millis(b.end())))
                        .toList())
                .holders(lanes.holders(nodes(), router().name()))
                .backendHealth(lanes.backends(nodes(), target.frontend().name()))
                .timeline(events(outages))
                .stages(List.of(
                        stage("before", timeline.fault() - 1),
                        stage("during", timeline.during()),
                        stage("after", timeline.end())))
                .probes(probes())
                .requests(observations.requests().isEmpty() ? null : requestFigures())
                .build();
    }

    private DrillReport.Requests requestFigures() {
        List<Sample> requests = observations.requests();
        return new DrillReport.Requests(
                requests.size(),
                (int) requests.stream()
                        .filter(r -> r.result() != Sample.Result.ANSWERED)
                        .count(),
                requests.stream().mapToDouble(Sample::millis).max().orElse(0));
    }

    private double millis(long nanoTime) {
        return timeline.millis(nanoTime);
    }

    private VirtualRouter router() {
        return target.router();
    }

    private List<String> nodes() {
        return target.cluster().nodes().stream().map(Node::name).toList();
    }

    private List<Recording.Seen> seen() {
        return observations.recording().seen();
    }

    private record Taken(String node, long at) {}

    /** The first node that became MASTER after the fault. */
    private Optional<Taken> taken() {
        Optional<Taken> first = Optional.empty();
        for (Recording.Seen seen : seen()) {
            boolean master = seen.status()
                    .router(router().name())
                    .filter(RouterStatus::isMaster)
                    .isPresent();
            if (seen.at() >= timeline.fault() && master && !seen.status().node().equals(target.holder())) {
                long since = seen.since(
                        seen.status().router(router().name()).orElseThrow().stateSince());
                if (first.isEmpty() || since < first.get().at()) {
                    first = Optional.of(new Taken(seen.status().node(), Math.max(timeline.fault(), since)));
                }
            }
        }
        return first;
    }

    /** From the fault until no node sees a backend that is not up. */
    private double backendsUp() {
        long lastDown = Long.MIN_VALUE;
        long upAgain = Long.MIN_VALUE;
        for (String name : nodes()) {
            boolean down = false;
            for (Recording.Seen seen : seen()) {
                if (!seen.status().node().equals(name) || seen.at() < timeline.fault()) {
                    continue;
                }
                boolean allUp = seen.status().frontend(target.frontend().name()).stream()
                        .flatMap(f -> f.backends().stream())
                        .allMatch(BackendStatus::isUp);
                if (!allUp) {
                    down = true;
                    lastDown = Math.max(lastDown, seen.at());
                } else if (down) {
                    down = false;
                    upAgain = Math.max(upAgain, seen.at());
                }
            }
            if (down) {
                return -1;
            }
        }
        return lastDown == Long.MIN_VALUE ? 0 : millis(upAgain);
    }

    private List<Event> events(Outages outages) {
        List<Event> events = new ArrayList<>();
        observations
                .recording()
                .notes()
                .forEach(note -> events.add(new Event(millis(note.at()), note.node(), note.text())));
        for (Outages.Band trouble : outages.troubles(TOGETHER)) {
            events.add(new Event(millis(trouble.start()), "", "new connections fail or are answered late"));
            events.add(new Event(
                    millis(trouble.end()),
                    "",
                    "new connections are answered again, after " + HumanUnits.measured(trouble.nanos() / 1e6)));
        }
        Map<String, List<LongLived.Loss>> byReason = observations.losses().stream()
                .collect(Collectors.groupingBy(LongLived.Loss::reason, TreeMap::new, Collectors.toList()));
        byReason.forEach((reason, lost) -> events.add(new Event(
                millis(lost.stream().mapToLong(LongLived.Loss::at).min().orElseThrow()),
                "",
                lost.size() + " long-lived connections are lost, this the first: " + reason)));
        events.sort(Comparator.comparingDouble(Event::atMillis));
        return events;
    }

    private Stage stage(String name, long at) {
        List<NodeState> states = new ArrayList<>();
        for (String node : nodes()) {
            states.add(observations
                    .recording()
                    .latest(node, at)
                    .map(seen -> new NodeState(
                            node,
                            TimeUnit.NANOSECONDS.toMillis(at - seen.at()),
                            seen.status(),
                            isSilent(node, seen, at)))
                    .orElse(new NodeState(node, -1, null, true)));
        }
        return new Stage(name, millis(at), states);
    }

    /** A frozen agent, or one that is cut off, keeps a watcher waiting: there the fault itself says that it is silent. */
    private boolean isSilent(String node, Recording.Seen latest, long at) {
        boolean inTheFault = at >= timeline.fault() && at <= timeline.ended();
        return observations.recording().isSilent(node, at)
                || inTheFault
                        && node.equals(target.node())
                        && plan.scenario().silencesAgent()
                        && latest.at() <= timeline.fault();
    }

    private Probes probes() {
        List<Sample> ordered = observations.connects().stream()
                .sorted(Comparator.comparingLong(Sample::start))
                .toList();
        return new Probes(
                ordered.stream().mapToDouble(s -> millis(s.start())).toArray(),
                ordered.stream()
                        .mapToDouble(s -> Math.round(s.millis() * 100) / 100.0)
                        .toArray(),
                ordered.stream().mapToInt(s -> s.result().ordinal()).toArray(),
                Arrays.stream(Sample.Result.values())
                        .map(r -> r.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
