package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.masters.Layout;
import io.jenkins.plugins.baton.fleet.masters.Lock;
import io.jenkins.plugins.baton.fleet.masters.Masters;
import io.jenkins.plugins.baton.fleet.masters.Script;
import io.jenkins.plugins.baton.fleet.network.Firewall;
import io.jenkins.plugins.baton.fleet.network.NetworkTrial;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.Waiting;
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
 * the owner of the virtual addresses last. Nodes that are as they should be are not touched.
 */
public final class Deployment {
    /** VRRP version 2 in the guides' setting advertises every 3 s. */
    private static final Duration LISTEN = Duration.ofSeconds(4);

    private static final Duration STABLE = Duration.ofSeconds(1);
    private static final Duration STEADY = Duration.ofSeconds(60);

    private final ClusterFile file;
    private final Release release;
    private final Masters masters;
    private final Options options;
    private final Progress progress;

    /** @param replaceKeepalived stop a running keepalived and haproxy on each node when its turn comes */
    public Deployment(
            ClusterFile file, Release release, Masters masters, boolean replaceKeepalived, Progress progress) {
        this(file, release, masters, new Options(replaceKeepalived, false, false), progress);
    }

    public Deployment(ClusterFile file, Release release, Masters masters, Options options, Progress progress) {
        this.file = file;
        this.release = release;
        this.masters = masters;
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
        Lock lock = Lock.take(masters, options.planOnly() ? "deploy --plan" : "deploy", progress);
        try {
            return locked();
        } finally {
            lock.close();
        }
    }

    private Result locked() throws FleetException {
        Map<String, Facts> facts = preflightFacts();
        Map<String, Installed> installed = masters.each(Installed::on);
        try (Leaving leaving = Leaving.of(file.cluster(), installed.values(), masters)) {
            return compared(facts, installed, leaving);
        }
    }

    private Result compared(Map<String, Facts> facts, Map<String, Installed> installed, Leaving leaving)
            throws FleetException {
        List<Finding> findings = new ArrayList<>(
                new Preflight(file.cluster(), release, options.replaceKeepalived()).findings(facts));
        findings.addAll(CertificateCheck.findings(file.cluster()));
        findings.addAll(leaving.findings());
        Map<String, Change> changes = changes(facts);
        View view = masters.view();
        List<Change> ordered = inOrder(changes, view);
        Optional<GroupKeys> keys = keys(facts, installed);
        Plan plan = new Planning(release, file.cluster(), text(), facts, installed, view)
                .plan(ordered, leaving.agents())
                .with(keys.map(GroupKeys::plan).orElse(Map.of()));
        plan.lines().forEach(progress::say);
        refuseErrors(findings);
        warnings(findings).forEach(progress::say);

        boolean everywhere = facts.values().stream().allMatch(found -> found.has("release", release.id()));
        if (options.planOnly()) {
            findings.addAll(everywhere ? obstacles(facts) : List.of(Finding.warning("", "whether the network lets through "
                    + "what the agents send is tried by the deployment itself, with the release that it brings")));
            refuseErrors(findings);
            return new Result(List.of(), warnings(findings), plan);
        }
        List<String> changed = new ArrayList<>();
        try {
            prepare(changes);
            findings.addAll(obstacles(facts));
            refuseErrors(findings);
            if (plan.nodes().isEmpty()) {
                progress.say("every node runs " + release.id() + " with this cluster file: nothing to change");
                return new Result(List.of(), warnings(findings), plan);
            }
            leaving.remove(progress, changed);
            if (keys.isPresent()) {
                keys.get().prepare();
            }
            takeTurns(ordered, installed, changed);
        } finally {
            forgetUnused(changes, changed);
        }
        if (keys.isPresent()) {
            keys.get().finish(ordered.stream().map(Change::node).toList());
        }
        awaitSteady(changed);
        masters.each(master -> master.require(
                "remove old releases", Script.of(Deployment.class, "clean-up.sh", List.of(release.id()))));
        return new Result(changed, warnings(findings), plan);
    }

    private void refuseErrors(List<Finding> findings) throws FleetException {
        if (findings.stream().anyMatch(Finding::error)) {
            List<String> reasons = new ArrayList<>(warnings(findings));
            reasons.add("nothing was changed");
            throw FleetException.refused(reasons);
        }
    }

    private static List<String> warnings(List<Finding> findings) {
        return findings.stream().map(Finding::toString).toList();
    }

    private Map<String, Facts> preflightFacts() throws FleetException {
        progress.say("looking at " + file.cluster().nodes().size() + " nodes and listening for other VRRP groups");
        return masters.each(master -> Facts.of(master, file.cluster(), LISTEN));
    }

    private Optional<GroupKeys> keys(Map<String, Facts> facts, Map<String, Installed> installed) throws FleetException {
        if (file.cluster().secret().isEmpty()) {
            if (options.rotateSecret()) {
                throw FleetException.badInput("there is no `secret` in " + file.path() + " whose key could be replaced");
            }
            return Optional.empty();
        }
        return Optional.of(GroupKeys.look(
                file.cluster().secret().get().toString(),
                masters,
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
    private List<Finding> obstacles(Map<String, Facts> facts) throws FleetException {
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
        return new NetworkTrial(masters, file.cluster(), running)
                .run(program, firewalls).stream()
                        .map(obstacle -> Finding.error(obstacle.node(), obstacle.text()))
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

    /** Owners of virtual addresses last. Before the first deployment a running keepalived says who that is. */
    private List<Change> inOrder(Map<String, Change> changes, View view) {
        List<Change> ordered = new ArrayList<>();
        List<Change> owners = new ArrayList<>();
        for (Change change : changes.values()) {
            boolean owner = change.holdsAddress()
                    || file.cluster().virtualRouters().stream()
                            .anyMatch(r -> view.masters(r.name()).contains(change.node()));
            (owner ? owners : ordered).add(change);
        }
        ordered.addAll(owners);
        return ordered;
    }

    /** Everything that can fail without any effect: upload, unpack, check of the file by the release itself. */
    private void prepare(Map<String, Change> changes) throws FleetException {
        masters.each(master -> {
            Change change = changes.get(master.name());
            if (change != null) {
                change.prepare(master, release, file, progress);
            }
            return master;
        });
    }

    private void takeTurns(List<Change> ordered, Map<String, Installed> installed, List<String> changed)
            throws FleetException {
        Map<String, Cluster> running = new LinkedHashMap<>();
        installed.forEach((name, found) -> found.cluster().ifPresent(cluster -> running.put(name, cluster)));
        for (Change change : ordered) {
            new Turn(file, release, masters, running, progress).of(change, changed);
            changed.add(change.node());
        }
    }

    /** The nodes are changed by now: what is missing is a failure, and no refusal. */
    private void awaitSteady(List<String> changed) throws FleetException {
        try {
            new Waiting(file, masters, progress).await(STABLE, STEADY);
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
            masters.each(master -> {
                Change change = changes.get(master.name());
                boolean unused = change != null && !changed.contains(master.name());
                String secret = unused && change.first()
                        ? file.cluster().secret().map(Path::toString).orElse("")
                        : "";
                return master.run(Script.of(Deployment.class, "forget.sh",
                        List.of(release.id(), unused && change.upload() ? "yes" : "no", secret)));
            });
        } catch (FleetException e) {
            progress.say("what waited on a node could not be removed: " + e.getMessage());
        }
    }
}
