package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.nodes.StopTimeout;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.Outcome;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One node's turn in a deployment: hand over, change, look whether it is healthy, else put it back. */
final class NodeRollout {
    private static final Duration HANDOVER_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration HEALTHY_TIMEOUT = Duration.ofSeconds(45);
    /** For a node that boots just now. */
    private static final Duration BOOT = Duration.ofMinutes(3);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);
    /** Beyond three intervals, in which a node may still find that it hears nobody. */
    private static final Duration SETTLE_TIME = Duration.ofSeconds(1);

    private final ClusterFile file;
    private final Release release;
    private final NodeConnections nodes;
    private final Progress progress;
    /** What the nodes run until their turn comes. */
    private final Map<String, Cluster> installed;
    /** For a stop of the old agent and a start of the new one. */
    private final Duration restart;
    /** Whether there is something to put back beside keepalived and haproxy. */
    private boolean activated;

    NodeRollout(
            ClusterFile file,
            Release release,
            NodeConnections nodes,
            Map<String, Cluster> installed,
            Progress progress) {
        this.file = file;
        this.installed = installed;
        this.release = release;
        this.nodes = nodes;
        this.progress = progress;
        this.restart = StopTimeout.limit(file.cluster()).plus(HEALTHY_TIMEOUT);
    }

    /** @param before the nodes that had their turn, for the message */
    void of(Change change, List<String> before) throws FleetException {
        NodeConnection connection = nodes.get(change.node());
        boolean reload = change.reloads();
        try {
            if (!reload) {
                makeWay(change, connection);
            }
            progress.say(change.node(), reload ? "reads the new cluster file" : "switches to " + release.id());
            activate(connection, reload);
        } catch (SshException e) {
            throw rolledBack(change, connection, before, e.getMessage());
        }
        String complaint = unhealthy(change, before);
        if (!complaint.isEmpty() && reload) {
            // Some changes of a cluster file need a new start of the agent.
            progress.say(change.node(), "restarts, since a reload is not enough: " + complaint);
            try {
                makeWay(change, connection);
                connection.require(
                        "restart the agent",
                        Command.asRoot("systemctl restart " + Layout.SERVICE).within(restart));
                complaint = unhealthy(change, before);
            } catch (SshException e) {
                complaint = e.getMessage();
            }
        }
        if (!complaint.isEmpty()) {
            throw rolledBack(change, connection, before, complaint);
        }
        progress.say(change.node(), "is healthy");
    }

    private void activate(NodeConnection connection, boolean reload) throws SshException {
        activated = true;
        // systemd waits for Type=notify itself; a connection that is lost meanwhile must not stop the switch.
        connection.require(
                "switch to " + release.id(),
                Script.of(
                                NodeRollout.class,
                                "activate.sh",
                                List.of(
                                        release.id(),
                                        reload ? "reload" : "restart",
                                        file.cluster()
                                                .secret()
                                                .map(Path::toString)
                                                .orElse("")))
                        .within(restart));
    }

    /** The node must not hold a virtual address when its agent stops. */
    private void makeWay(Change change, NodeConnection connection) throws SshException, FleetException {
        boolean migrates = !change.displaced().isEmpty();
        boolean others = !nodes.view().nodes().isEmpty();
        if (migrates && change.displaced().contains("keepalived")) {
            progress.say(change.node(), "stops keepalived");
            connection.require(
                    "stop keepalived", Script.of(NodeRollout.class, "stop-keepalived.sh", List.of("keepalived")));
            if (change.holdsAddress() && others) {
                await("another node to take over from keepalived", view -> allHeld(view));
            }
        }
        if (migrates && change.displaced().contains("haproxy")) {
            progress.say(change.node(), "stops haproxy");
            connection.require("stop haproxy", Script.of(NodeRollout.class, "stop-keepalived.sh", List.of("haproxy")));
        }
        View view = nodes.view();
        boolean holder = file.cluster().virtualRouters().stream()
                .anyMatch(router -> view.masters(router.name()).contains(change.node()));
        if (holder && view.nodes().size() > 1) {
            progress.say(change.node(), "hands its virtual addresses over");
            Outcome outcome = connection.run(Command.asRoot(Layout.AGENT + " handover"));
            if (!outcome.succeeded()) {
                throw new SshException(change.node(), "the handover was refused: " + outcome.complaint());
            }
            await(
                    "another node to hold the addresses of " + change.node(),
                    later -> allHeld(later)
                            && file.cluster().virtualRouters().stream()
                                    .noneMatch(router ->
                                            later.masters(router.name()).contains(change.node())));
        }
    }

    private boolean allHeld(View view) {
        return file.cluster().virtualRouters().stream()
                .map(VirtualRouter::name)
                .allMatch(router -> view.holder(router).isPresent());
    }

    private void await(String what, Predicate<View> condition) throws SshException, FleetException {
        long end = System.nanoTime() + HANDOVER_TIMEOUT.toNanos();
        while (!condition.test(nodes.view())) {
            if (System.nanoTime() > end) {
                throw new SshException("cluster", "waited " + HANDOVER_TIMEOUT.toSeconds() + " s in vain for " + what);
            }
            pause();
        }
    }

    /** Waits until the node has been healthy for a while; what is wrong with it at the deadline, or empty. */
    private String unhealthy(Change change, List<String> before) throws FleetException {
        long end = System.nanoTime() + HEALTHY_TIMEOUT.toNanos();
        long healthySince = -1;
        while (true) {
            String complaint = look(change, before);
            long now = System.nanoTime();
            if (!complaint.isEmpty()) {
                healthySince = -1;
                if (now > end) {
                    return complaint;
                }
            } else if (healthySince < 0) {
                healthySince = now;
            } else if (now - healthySince > settling().toNanos()) {
                return "";
            }
            pause();
        }
    }

    /** A node that hears nobody becomes MASTER after three intervals and a part of one (RFC 9568 section 6.1). */
    private Duration settling() {
        return file.cluster().virtualRouters().stream()
                .map(router -> router.advertisementInterval().multipliedBy(4))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(SETTLE_TIME);
    }

    private String look(Change change, List<String> before) throws FleetException {
        View view = nodes.view();
        NodeStatus status = view.nodes().get(change.node());
        if (status == null) {
            return view.unanswered().get(change.node());
        }
        String own = look(status);
        if (own.isEmpty()) {
            own = deaf(status, before);
        }
        return own.isEmpty() ? split(status, view, before) : own;
    }

    /**
     * Adverts of this group that do not arrive: the peer link alone keeps the two from being MASTER at once, and it
     * ends with the network that carries both.
     */
    private String deaf(NodeStatus status, List<String> before) {
        for (VirtualRouter router : file.cluster().virtualRouters()) {
            List<String> unheard = status.router(router.name()).stream()
                    .flatMap(seen -> seen.unheardMasters().stream())
                    .filter(other -> inGroup(router, other, before))
                    .toList();
            if (!unheard.isEmpty()) {
                return "does not hear the advertisements of " + String.join(", ", unheard) + ", which is MASTER in "
                        + router.name() + " by its peer link (" + adverts(router) + ")";
            }
        }
        return "";
    }

    /** Another node that holds the address too, as far as the two belong to one group. */
    private String split(NodeStatus status, View view, List<String> before) throws FleetException {
        for (VirtualRouter router : file.cluster().virtualRouters()) {
            if (status.router(router.name()).filter(RouterStatus::isMaster).isEmpty()) {
                continue;
            }
            for (String other : view.masters(router.name())) {
                if (!other.equals(status.node()) && inGroup(router, other, before)) {
                    return twoMasters(router, other + " is too");
                }
            }
            String keepalived = holderWithoutAgent(router, view);
            if (!keepalived.isEmpty()) {
                return twoMasters(router, keepalived + ", which has no agent yet, has the virtual address too");
            }
        }
        return "";
    }

    private static String twoMasters(VirtualRouter router, String other) {
        return "is MASTER in " + router.name() + " while " + other + ": they do not hear each other's advertisements ("
                + adverts(router) + ")";
    }

    private static String adverts(VirtualRouter router) {
        return "VRRP, IP protocol 112, on the interface " + router.interfaceName();
    }

    /** Whether the other node has this file's settings of the router, or those it has now let the two hear each other. */
    private boolean inGroup(VirtualRouter router, String other, List<String> before) {
        if (before.contains(other)) {
            return true;
        }
        Cluster old = installed.get(other);
        return old == null || old.virtualRouters().stream().anyMatch(one -> RouterChange.sameGroup(one, router));
    }

    /** A node that waits for its turn and still has the address, by keepalived or something else; empty when there is none. */
    private String holderWithoutAgent(VirtualRouter router, View view) throws FleetException {
        if (view.unanswered().isEmpty()) {
            return "";
        }
        List<String> addresses = router.addresses().stream()
                .map(address -> address.address().getHostAddress())
                .toList();
        Map<String, String> held = nodes.each(
                connection -> view.unanswered().containsKey(connection.name()) ? held(connection, addresses) : "");
        return held.entrySet().stream()
                .filter(node -> !node.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Empty also when it cannot be reached, which other steps say. */
    private static String held(NodeConnection connection, List<String> addresses) {
        try {
            return connection
                    .run(Script.of(NodeRollout.class, "holds.sh", addresses))
                    .output()
                    .strip();
        } catch (SshException e) {
            return "";
        }
    }

    private String look(NodeStatus status) {
        if (!file.hash().equals(status.configHash())) {
            return "its agent does not use this cluster file";
        }
        if (status.virtualRouters().size() < file.cluster().virtualRouters().size()
                || status.frontends().size() < file.cluster().frontends().size()) {
            return "runs, but has not begun: `baton-agent status` on it says what it waits for";
        }
        for (RouterStatus router : status.virtualRouters()) {
            if (!router.isReady()) {
                return "is " + router.state() + " in " + router.name() + ": " + router.stateReason();
            }
        }
        List<String> unknown = new ArrayList<>();
        status.frontends()
                .forEach(frontend -> frontend.backends().stream()
                        .filter(backend -> backend.health() == Health.UNKNOWN)
                        .forEach(backend -> unknown.add(backend.name())));
        boolean anyUp = status.frontends().stream()
                .allMatch(frontend -> frontend.backends().stream().anyMatch(b -> b.isUp()));
        if (!unknown.isEmpty()) {
            return "has not checked " + String.join(", ", unknown) + " yet";
        }
        return anyUp ? "" : "sees no backend up";
    }

    private FleetException rolledBack(Change change, NodeConnection connection, List<String> before, String complaint)
            throws FleetException {
        List<String> reasons = new ArrayList<>();
        reasons.add(complaint.startsWith(change.node() + ": ") ? complaint : change.node() + ": " + complaint);
        try {
            putBack(change, connection)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> reasons.add("  its agent said: " + line));
            reasons.add(change.node() + ": was rolled back to its previous state");
        } catch (SshException e) {
            reasons.add(change.node() + ": could not be rolled back (" + e.getMessage()
                    + "); when it can be reached, deploy again or run `baton undeploy`");
        }
        if (!before.isEmpty()) {
            reasons.add("already changed: " + String.join(", ", before) + "; the others are as they were");
        } else {
            reasons.add("no other node was touched");
        }
        return FleetException.failed(reasons);
    }

    /** The last words of the agent that is taken away. */
    private String putBack(Change change, NodeConnection connection) throws SshException, FleetException {
        long end = System.nanoTime() + BOOT.toNanos();
        boolean told = false;
        while (true) {
            try {
                String said = connection
                        .run(Command.asRoot("journalctl --unit " + Layout.SERVICE
                                + " --lines 8 --no-pager --output cat 2> /dev/null"))
                        .output();
                if (change.first()) {
                    new Uninstallation(file.cluster(), progress).of(connection);
                } else {
                    if (activated) {
                        connection.require(
                                "put it back",
                                Script.of(NodeRollout.class, "rollback.sh", List.of())
                                        .within(restart));
                    }
                    Uninstallation.restorePair(connection, progress);
                }
                return said;
            } catch (SshException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                if (!told) {
                    told = true;
                    progress.say(
                            change.node(),
                            "cannot be rolled back yet; trying for " + BOOT.toMinutes()
                                    + " minutes, as it may be booting: " + e.getMessage());
                }
                pause();
            }
        }
    }

    private static void pause() throws FleetException {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetException.failed("interrupted during a node's turn; its state is as the last line says", e);
        }
    }
}
