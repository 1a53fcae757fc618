package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.masters.Layout;
import io.jenkins.plugins.baton.fleet.masters.Lock;
import io.jenkins.plugins.baton.fleet.masters.Masters;
import io.jenkins.plugins.baton.fleet.masters.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private final Progress progress;
    private final boolean replaceKeepalived;

    /** @param replaceKeepalived stop a running keepalived and haproxy on each node when its turn comes */
    public Deployment(
            ClusterFile file, Release release, Masters masters, boolean replaceKeepalived, Progress progress) {
        this.file = file;
        this.release = release;
        this.masters = masters;
        this.replaceKeepalived = replaceKeepalived;
        this.progress = progress;
    }

    /**
     * @param changed the nodes that were changed, in that order
     * @param warnings what the preflight said without forbidding it
     */
    public record Result(List<String> changed, List<String> warnings) {
        public Result {
            changed = List.copyOf(changed);
            warnings = List.copyOf(warnings);
        }
    }

    /** @throws FleetException REFUSED with every finding of the preflight, FAILED when a node had to be rolled back */
    public Result run() throws FleetException {
        Lock lock = Lock.take(masters, "deploy", progress);
        try {
            return locked();
        } finally {
            lock.close();
        }
    }

    private Result locked() throws FleetException {
        Map<String, Facts> facts = preflightFacts();
        List<Finding> findings = new ArrayList<>(
                new Preflight(file.cluster(), release, replaceKeepalived).findings(facts));
        findings.addAll(CertificateCheck.findings(file.cluster()));
        List<String> errors =
                findings.stream().filter(Finding::error).map(Finding::toString).toList();
        if (!errors.isEmpty()) {
            throw FleetException.refused(findings.stream().map(Finding::toString).toList());
        }
        List<String> warnings = findings.stream().map(Finding::toString).toList();
        warnings.forEach(progress::say);

        Map<String, Change> changes = changes(facts);
        if (changes.isEmpty()) {
            progress.say("every node runs " + release.id() + " with this cluster file: nothing to change");
            return new Result(List.of(), warnings);
        }
        List<Change> ordered = inOrder(changes);
        List<String> changed = new ArrayList<>();
        try {
            prepare(changes);
            for (Change change : ordered) {
                new Turn(file, release, masters, progress).of(change, changed);
                changed.add(change.node());
            }
        } finally {
            forgetUnused();
        }
        new Waiting(file, masters, progress).await(STABLE, STEADY);
        masters.each(master -> master.require(
                "remove old releases", Script.of(Deployment.class, "clean-up.sh", List.of(release.id()))));
        return new Result(changed, warnings);
    }

    private Map<String, Facts> preflightFacts() throws FleetException {
        progress.say("looking at " + file.cluster().nodes().size() + " nodes and listening for other VRRP groups");
        return masters.each(master -> Facts.of(master, file.cluster(), LISTEN));
    }

    private Map<String, Change> changes(Map<String, Facts> facts) {
        Map<String, Change> changes = new LinkedHashMap<>();
        facts.forEach((name, found) -> {
            Change change = Change.needed(name, found, release, file, replaceKeepalived);
            if (change.isNeeded()) {
                changes.put(name, change);
            }
        });
        return changes;
    }

    /** Owners of virtual addresses last. Before the first deployment a running keepalived says who that is. */
    private List<Change> inOrder(Map<String, Change> changes) throws FleetException {
        View view = masters.view();
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

    /** A cluster file that waited for a turn which never came must not surprise the next deployment. */
    private void forgetUnused() {
        try {
            masters.each(master -> master.run(Command.asRoot("rm -f " + Layout.CLUSTER_FILE + ".new")));
        } catch (FleetException e) {
            progress.say("a waiting cluster file could not be removed: " + e.getMessage());
        }
    }
}
