package io.jenkins.plugins.baton.fleet.report;

import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.List;
import java.util.Objects;

/**
 * One drill, complete. Times named {@code …Millis} that are moments count from the beginning of the fault; negative ones
 * were before it.
 *
 * @param requests what became of the requests on a kept connection; null when none were asked for
 */
public record DrillReport(
        String scenario,
        String description,
        String node,
        String router,
        String target,
        String startedAt,
        boolean passed,
        List<Rule> verdict,
        Figures figures,
        List<Moment> moments,
        List<Span> outages,
        List<Lane> holders,
        List<Lane> backendHealth,
        List<Event> timeline,
        List<Stage> stages,
        Probes probes,
        Requests requests) {
    /** A report of an older version may lack what was added since; without figures it is none. */
    public DrillReport {
        scenario = Missing.text(scenario);
        description = Missing.text(description);
        node = Missing.text(node);
        router = Missing.text(router);
        target = Missing.text(target);
        startedAt = Missing.moment(startedAt);
        verdict = Missing.list(verdict);
        moments = Missing.list(moments);
        outages = Missing.list(outages);
        holders = Missing.list(holders);
        backendHealth = Missing.list(backendHealth);
        timeline = Missing.list(timeline);
        stages = Missing.list(stages);
        Objects.requireNonNull(figures, "it has no figures");
        probes = probes == null ? new Probes(null, null, null, null) : probes;
    }

    /** For values by name. The constructor takes them in the order in which a file has them. */
    public static DrillReportBuilder builder() {
        return new DrillReportBuilder();
    }

    /** For a report that differs from this one in some values. */
    DrillReportBuilder toBuilder() {
        return new DrillReportBuilder(this);
    }

    /**
     * One demand of the verdict.
     *
     * @param text what was demanded, for a person
     * @param measured what was found, for a person
     */
    public record Rule(String text, String measured, boolean passed) {
        public Rule {
            text = Missing.text(text);
            measured = Missing.text(measured);
        }
    }

    /**
     * @param outageMillis longest time in which no new connection of a client was served
     * @param outageSumMillis all such times together
     * @param resolutionMillis longest pause between two attempts: outages are known to be this exact
     * @param attempts new connections that were tried
     * @param failedConnects those without an answer
     * @param slowConnects those with a late one
     * @param longLived connections that were held open through the drill
     * @param longLivedLost those of them that were lost
     * @param newHolder the node that took the virtual address; empty when it did not move
     * @param newHolderMillis from the fault until a node was MASTER anew; -1 when it did not move
     * @param clockErrorMillis how wrong the nodes' moments can be
     * @param backendsUpMillis from the fault until every node saw every backend up again; 0 when none went down, -1
     *     when they did not come back
     */
    public record Figures(
            double outageMillis,
            double outageSumMillis,
            double resolutionMillis,
            int attempts,
            int failedConnects,
            int slowConnects,
            int longLived,
            int longLivedLost,
            String newHolder,
            double newHolderMillis,
            double clockErrorMillis,
            double backendsUpMillis) {
        public Figures {
            newHolder = Missing.text(newHolder);
        }

        /** For values by name. */
        public static FiguresBuilder builder() {
            return new FiguresBuilder();
        }
    }

    /**
     * One client that asks again and again on a connection which it keeps.
     *
     * @param failed how often it got an error instead of an answer, and connected anew
     * @param slowestMillis the longest wait for an answer, that for a new connection included
     */
    public record Requests(int asked, int failed, double slowestMillis) {}

    /** A named moment of the drill: the fault, its end, steady again. */
    public record Moment(String name, double atMillis) {
        public Moment {
            name = Missing.text(name);
        }
    }

    public record Span(double fromMillis, double toMillis) {}

    /** A row of a swim lane: what one thing was from when to when. */
    public record Lane(String name, List<Phase> phases) {
        public Lane {
            name = Missing.text(name);
            phases = Missing.list(phases);
        }
    }

    public record Phase(String state, double fromMillis, double toMillis) {
        public Phase {
            state = Missing.text(state);
        }
    }

    public record Event(double atMillis, String node, String text) {
        public Event {
            node = Missing.text(node);
            text = Missing.text(text);
        }
    }

    /**
     * What all nodes said at one stage.
     *
     * @param name before, during or after
     */
    public record Stage(String name, double atMillis, List<NodeState> nodes) {
        public Stage {
            name = Missing.text(name);
            nodes = Missing.list(nodes);
        }
    }

    /**
     * @param ageMillis how old the status was at the stage's moment; -1 when the node had not said anything
     * @param status the last that it said; null when it had not said anything
     * @param noData whether its agent did not answer at the stage's moment
     */
    public record NodeState(String node, double ageMillis, NodeStatus status, boolean noData) {
        public NodeState {
            node = Missing.text(node);
        }
    }

    /**
     * Every attempt of the client, as columns.
     *
     * @param startMillis when it began
     * @param latencyMillis how long it took
     * @param result 0 answered; else an index into {@code results}
     * @param results names of the results
     */
    public record Probes(double[] startMillis, double[] latencyMillis, int[] result, List<String> results) {
        public Probes {
            startMillis = startMillis == null ? new double[0] : startMillis;
            latencyMillis = latencyMillis == null ? new double[0] : latencyMillis;
            result = result == null ? new int[0] : result;
            results = Missing.list(results);
        }
    }
}
