package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.AgentProgram;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/**
 * What one node lacks.
 *
 * @param upload the release's folder is not there
 * @param switchRelease another release is in use, or none, or the service is not active, not enabled
 *     or not as the release has it
 * @param configure another cluster file is there, or none
 * @param first nothing of ours is in use there
 * @param displaced what runs there and is to be replaced: keepalived, haproxy
 * @param holdsAddress whether a virtual address is on the node, whoever put it there
 */
record Change(
        String node,
        boolean upload,
        boolean switchRelease,
        boolean configure,
        boolean first,
        List<String> displaced,
        boolean holdsAddress) {
    private static final Duration UPLOAD = Duration.ofMinutes(10);

    static Change needed(String node, Facts facts, Release release, ClusterFile file, boolean replaceKeepalived) {
        boolean inUse = facts.one("currentRelease").equals(release.id())
                && facts.one("agent").equals("active")
                && facts.one("enabled").equals("enabled")
                && !facts.has("unit", "changed");
        boolean locks = file.cluster().virtualRouters().stream()
                .flatMap(router -> router.addresses().stream())
                .anyMatch(address -> facts.has("address", address.address().getHostAddress()));
        return new Change(
                node,
                !facts.has("release", release.id()),
                !inUse,
                !facts.one("clusterFile").equals(file.hash()),
                facts.one("currentRelease").isEmpty(),
                replaceKeepalived ? facts.all("running") : List.of(),
                locks);
    }

    boolean isNeeded() {
        return upload || switchRelease || configure || !displaced.isEmpty();
    }

    /** Whether the agent reads the file again and goes on, as opposed to a new start. */
    boolean reloads() {
        return configure && !switchRelease && displaced.isEmpty();
    }

    /** Brings release and cluster file to the node and has the release check the file; nothing in use changes. */
    void prepare(NodeConnection connection, Release release, ClusterFile file, Progress progress) throws SshException {
        if (upload) {
            send(connection, release);
            progress.say(node, "has the release " + release.id());
        }
        String waiting = Layout.CLUSTER_FILE + ".new";
        connection.require(
                "write " + waiting,
                Command.asRoot("umask 077; mkdir -p " + Layout.CONFIGURATION + " && cat > " + waiting)
                        .reading(bytes(file)));
        String written = connection.require("read " + waiting, Command.asRoot("sha256sum < " + waiting));
        if (!written.startsWith(file.hash())) {
            throw new SshException(node, "the cluster file did not arrive as it was sent; deploy again");
        }
        connection.require("make the agent's user", Script.of(Change.class, "user.sh", List.of()));
        connection.require(
                "use this cluster file with the release " + release.id(),
                Command.asRoot(AgentProgram.trial(release.program(), "check " + waiting)));
    }

    private void send(NodeConnection connection, Release release) throws SshException {
        String part = Layout.RELEASES + "/." + release.id() + ".part";
        try (InputStream archive = Files.newInputStream(release.file())) {
            connection.require(
                    "upload the release",
                    Command.asRoot("umask 022; mkdir -p " + Layout.RELEASES + " && cat > " + Command.quote(part))
                            .reading(archive)
                            .within(UPLOAD));
        } catch (IOException e) {
            throw new SshException(node, "the release " + release.file() + " cannot be read: " + e.getMessage(), e);
        }
        connection.require(
                "unpack the release",
                Script.of(Change.class, "unpack.sh", List.of(release.id(), release.hash()))
                        .within(UPLOAD));
    }

    private InputStream bytes(ClusterFile file) throws SshException {
        try {
            return Files.newInputStream(file.path());
        } catch (IOException e) {
            throw new SshException(node, "the cluster file " + file.path() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
