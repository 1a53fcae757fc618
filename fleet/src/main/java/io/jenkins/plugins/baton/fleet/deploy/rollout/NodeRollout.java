package io.jenkins.plugins.baton.fleet.deploy.rollout;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.deploy.plan.Change;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.nodes.StopTimeout;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The nodes' turns in a deployment: give the addresses up, change, look whether the node is healthy, else put it back. */
public final class NodeRollout {
    private final Cluster cluster;
    private final Release release;
    private final NodeConnections nodes;
    private final Progress progress;
    private final AddressRelease addressRelease;
    private final HealthWaiter healthWaiter;
    /** For a stop of the old agent and a start of the new one. */
    private final Duration restart;

    private final DeploymentRecovery recovery;

    /** @param installed what the nodes run until their turn comes */
    public NodeRollout(
            ClusterFile file,
            Release release,
            NodeConnections nodes,
            Map<String, Cluster> installed,
            Progress progress) {
        this.cluster = file.cluster();
        this.release = release;
        this.nodes = nodes;
        this.progress = progress;
        this.addressRelease = new AddressRelease(cluster, nodes, progress);
        this.healthWaiter = new HealthWaiter(cluster, new NodeHealth(file, installed), nodes);
        this.restart = StopTimeout.limit(cluster).plus(HealthWaiter.TIMEOUT);
        this.recovery = new DeploymentRecovery(cluster, nodes.who());
    }

    /**
     * One node's turn. An interrupt of the calling thread puts the node back first.
     *
     * @param before the nodes that had theirs
     * @param forget takes away what waits there for the turn
     * @throws FleetException FAILED when the node had to be rolled back
     */
    public void of(Change change, List<String> before, Command forget) throws FleetException {
        NodeConnection connection = nodes.get(change.node());
        String turn = UUID.randomUUID().toString();
        // Made before anything is changed: when it is needed, there may be nobody left to ask for its classes and
        // scripts.
        Rollback rollback = new Rollback(cluster, change, connection, turn, restart, progress);
        Command done = recovery.done();
        Optional<String> problem;
        try {
            connection.require("state how the node puts itself back", recovery.inTurn(change, turn, forget));
            problem = changed(change, before, turn);
            if (problem.isEmpty()) {
                connection.require("end the turn", done);
                connection.require("end the turn", Command.asRoot("rm -f " + Layout.INTERRUPTED));
            }
        } catch (SshException | FleetException e) {
            problem = Optional.of(e.getMessage());
        }
        if (problem.isPresent()) {
            throw rollback.after(problem.get(), before);
        }
        progress.say(change.node(), "is healthy");
    }

    /** @return what is wrong with the changed node */
    private Optional<String> changed(Change change, List<String> before, String turn)
            throws SshException, FleetException {
        if (!change.reloads()) {
            addressRelease.of(change);
        }
        activate(change, turn);
        Optional<String> problem = healthWaiter.await(change.node(), before);
        if (problem.isEmpty() || !change.reloads()) {
            return problem;
        }
        // Some changes of a cluster file need a new start of the agent.
        progress.say(change.node(), "restarts, since a reload is not enough: " + problem.get());
        addressRelease.of(change);
        nodes.get(change.node())
                .require(
                        "restart the agent",
                        Command.asRoot("systemctl restart " + Layout.SERVICE).within(restart));
        return healthWaiter.await(change.node(), before);
    }

    private void activate(Change change, String turn) throws SshException {
        progress.say(change.node(), change.reloads() ? "reads the new cluster file" : "switches to " + release.id());
        List<String> arguments = List.of(
                release.id(),
                change.reloads() ? "reload" : "restart",
                cluster.secret().map(Path::toString).orElse(""),
                turn,
                nodes.who());
        // systemd waits for Type=notify itself; a connection that is lost meanwhile must not stop the switch.
        nodes.get(change.node())
                .require(
                        "switch to " + release.id(),
                        Script.of(NodeRollout.class, "activate.sh", arguments).within(restart));
    }
}
