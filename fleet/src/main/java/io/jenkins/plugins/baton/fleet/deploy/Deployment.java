package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.network.Firewall;
import io.jenkins.plugins.baton.fleet.network.NetworkTrial;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.Lock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings all nodes to a release and a cluster file: looks at everything first, then changes one node after the other,
 * the holder of the virtual addresses last. Nodes that are as they should be are not touched.
 */
public final class Deployment {
    /** VRRP version 2 in the guides' setting advertises every 3 s. */
    private static final Duration LISTEN = Duration.ofSeconds(4);

    private static final Duration STABLE = Duration.ofSeconds(1);
    private static final Duration STEADY = Duration.ofSeconds(60);

    private final ClusterFile file;
    private final Release release;
    private final NodeConnections nodes;
    private final Options options;
    private final Progress progress;

    /** @param replaceKeepalived stop a running keepalived and haproxy on each node when its turn comes */
    public Deployment(
            ClusterFile file, Release release, NodeConnections nodes, boolean replaceKeepalived, Progress progress) {
        this(file, release, nodes, new Options(replaceKeepalived, false, false), progress);
    }

    public Deployment(ClusterFile file, Release release, NodeConnections nodes, Options options, Progress progress) {
        this.file = file;
        this.release = release;
        this.nodes = nodes;
        this.options = options;
        this.progress = progress;
    }

    /**
     * @param changed the nodes that were changed, in that order
     * @param warnings what the preflight said without forbidding it
     * @param plan what was to be done
     */
    public record Result(List<String> changed, List<String> warnings, Plan plan) {
        public Result {
            changed = List.copyOf(changed);
            warnings = List.copyOf(warnings);
        }
    }

    /** @throws FleetException REFUSED with every finding of the preflight, FAILED when a node had to be rolled back */
    public Result run() throws FleetException {
        Lock lock = Lock.take(nodes, options.planOnly() ? "deploy --plan" : "deploy", progress);
        try {
            return locked();
        } finally {
            lock.close();
        }
    }

    private Result locked() throws FleetException {
        Map<String, Facts> facts = preflightFacts();
        Map<String, Installed> installed = nodes.each(Installed::on);
        try (RemovedNodes removed = RemovedNodes.of(file.cluster(), installed.values(), nodes)) {
            return compared(facts, installed, removed);
        }
    }

    private Result compared(Map<String, Facts> facts, Map<String, Installed> installed, RemovedNodes removed)
            throws FleetException {
        List<NodeProblem> problems =
                new ArrayList<>(new Preflight(file.cluster(), release, options.replaceKeepalived()).problems(facts));
        problems.addAll(CertificateCheck.problems(file.cluster()));
        problems.addAll(removed.problems());
        Map<String, Change> changes = changes(facts);
        View view = nodes.view();
        List<Change> ordered = inOrder(changes, view);
        Optional<GroupKeys> keys = keys(facts, installed);
        Plan plan = new Planning(release, file.cluster(), text(), facts, installed, view)
                .plan(ordered, removed.agents())
                .with(keys.map(GroupKeys::plan).orElse(Map.of()));
        plan.lines().forEach(progress::say);
        refuseErrors(problems);
        warnings(problems).forEach(progress::say);

        boolean everywhere = facts.values().stream().allMatch(found -> found.has("release", release.id()));
        if (options.planOnly()) {
            problems.addAll(
                    everywhere
                            ? obstacles(facts)
                            : List.of(
                                    NodeProblem.warning(
                                            "",
                                            "whether the network lets through "
                                                    + "what the agents send is tried by the deployment itself, with the release that it brings")));
            refuseErrors(problems);
            return new Result(List.of(), warnings(problems), plan);
        }
        List<String> changed = new ArrayList<>();
        try {
            prepare(changes);
            problems.addAll(obstacles(facts));
            refuseErrors(problems);
            if (plan.nodes().isEmpty()) {
                progress.say("every node runs " + release.id() + " with this cluster file: nothing to change");
                return new Result(List.of(), warnings(problems), plan);
            }
            removed.remove(progress, changed);
            if (keys.isPresent()) {
                keys.get().prepare();
            }
            rollOut(ordered, installed, changed);
        } finally {
            forgetUnused(changes, changed);
        }
        if (keys.isPresent()) {
            keys.get().finish(ordered.stream().map(Change::node).toList());
        }
        awaitSteady(changed);
        nodes.each(connection -> connection.require(
                "remove old releases", Script.of(Deployment.class, "clean-up.sh", List.of(release.id()))));
        return new Result(changed, warnings(problems), plan);
    }

    private void refuseErrors(List<NodeProblem> problems) throws FleetException {
        if (problems.stream().anyMatch(NodeProblem::error)) {
            List<String> reasons = new ArrayList<>(warnings(problems));
            reasons.add("nothing was changed");
            throw FleetException.refused(reasons);
        }
    }

    private static List<String> warnings(List<NodeProblem> problems) {
        return problems.stream().map(NodeProblem::toString).toList();
    }

    private Map<String, Facts> preflightFacts() throws FleetException {
        progress.say("looking at " + file.cluster().nodes().size() + " nodes and listening for other VRRP groups");
        return nodes.each(connection -> Facts.of(connection, file.cluster(), LISTEN));
    }

    private Optional<GroupKeys> keys(Map<String, Facts> facts, Map<String, Installed> installed) throws FleetException {
        if (file.cluster().secret().isEmpty()) {
            if (options.rotateSecret()) {
                throw FleetException.badInput(
                        "there is no `secret` in " + file.path() + " whose key could be replaced");
            }
            return Optional.empty();
        }
        return Optional.of(GroupKeys.look(
                file.cluster().secret().get().toString(),
                nodes,
                GroupKeys.unsigned(facts, installed),
                options.rotateSecret(),
                progress));
    }

    private String text() throws FleetException {
        try {
            return Files.readString(file.path());
        } catch (IOException e) {
            throw FleetException.badInput("the cluster file " + file.path() + " cannot be read: " + e.getMessage());
        }
    }

    /** Real packets from each node to each other, by the release's own program. */
    private List<NodeProblem> obstacles(Map<String, Facts> facts) throws FleetException {
        progress.say("trying whether the network lets VRRP, the peer link and the frontends through");
        Set<String> running = new LinkedHashSet<>();
        Map<String, Firewall> firewalls = new LinkedHashMap<>();
        facts.forEach((name, found) -> {
            if (found.one("agent").equals("active")) {
                running.add(name);
            }
            firewalls.put(name, Firewall.parse(found.all("firewall"), found.all("filterChain")));
        });
        String program = Layout.RELEASES + "/" + release.id() + "/bin/baton-agent";
        return new NetworkTrial(nodes, file.cluster(), running)
                .run(program, firewalls).stream()
                        .map(obstacle -> NodeProblem.error(obstacle.node(), obstacle.text()))
                        .toList();
    }

    private Map<String, Change> changes(Map<String, Facts> facts) {
        Map<String, Change> changes = new LinkedHashMap<>();
        facts.forEach((name, found) -> {
            Change change = Change.needed(name, found, release, file, options.replaceKeepalived());
            if (change.isNeeded()) {
                changes.put(name, change);
            }
        });
        return changes;
    }

    /** Holders of virtual addresses last. Before the first deployment a running keepalived says who that is. */
    private List<Change> inOrder(Map<String, Change> changes, View view) {
        List<Change> ordered = new ArrayList<>();
        List<Change> holders = new ArrayList<>();
        for (Change change : changes.values()) {
            boolean holder = change.holdsAddress()
                    || file.cluster().virtualRouters().stream()
                            .anyMatch(r -> view.masters(r.name()).contains(change.node()));
            (holder ? holders : ordered).add(change);
        }
        ordered.addAll(holders);
        return ordered;
    }

    /** Everything that can fail without any effect: upload, unpack, check of the file by the release itself. */
    private void prepare(Map<String, Change> changes) throws FleetException {
        nodes.each(connection -> {
            Change change = changes.get(connection.name());
            if (change != null) {
                change.prepare(connection, release, file, progress);
            }
            return connection;
        });
    }

    private void rollOut(List<Change> ordered, Map<String, Installed> installed, List<String> changed)
            throws FleetException {
        Map<String, Cluster> running = new LinkedHashMap<>();
        installed.forEach((name, found) -> found.cluster().ifPresent(cluster -> running.put(name, cluster)));
        for (Change change : ordered) {
            new NodeRollout(file, release, nodes, running, progress).of(change, changed);
            changed.add(change.node());
        }
    }

    /** The nodes are changed by now: what is missing is a failure, and no refusal. */
    private void awaitSteady(List<String> changed) throws FleetException {
        try {
            new SteadyStateWaiter(file, nodes, progress).await(STABLE, STEADY);
        } catch (FleetException e) {
            if (e.kind() != FleetException.Kind.REFUSED) {
                throw e;
            }
            List<String> reasons = new ArrayList<>();
            reasons.add("changed: " + (changed.isEmpty() ? "the group's keys" : String.join(", ", changed))
                    + "; each was healthy in its turn, but the cluster is");
            reasons.addAll(e.getMessage().lines().toList());
            throw FleetException.failed(reasons);
        }
    }

    /** What waited for a turn that never came goes again: it must not surprise the next deployment, nor stay on a bare host. */
    private void forgetUnused(Map<String, Change> changes, List<String> changed) {
        try {
            nodes.each(connection -> {
                Change change = changes.get(connection.name());
                boolean unused = change != null && !changed.contains(connection.name());
                String secret = unused && change.first()
                        ? file.cluster().secret().map(Path::toString).orElse("")
                        : "";
                return connection.run(Script.of(
                        Deployment.class,
                        "forget.sh",
                        List.of(release.id(), unused && change.upload() ? "yes" : "no", secret)));
            });
        } catch (FleetException e) {
            progress.say("what waited on a node could not be removed: " + e.getMessage());
        }
    }
}
