package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.Deployment;
import io.jenkins.plugins.baton.fleet.deploy.Options;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "deploy",
        description = {
            "Install this release and cluster file on all nodes.",
            "First checks all nodes and the network between them, and reports all problems at once. Then prints what "
                    + "it will change, and changes one node after the other, "
                    + "the holder of the virtual addresses last, after a handover. A node that does not become healthy is "
                    + "rolled back. Where nothing has to change, nothing is touched."
        })
final class Deploy extends ClusterCommand {
    @Option(
            names = "--release",
            paramLabel = "ARCHIVE",
            description = "baton-agent-VERSION-linux-ARCH.tar.gz. Default: the one that came with this program.")
    Path release;

    @Option(
            names = "--replace-keepalived",
            description = "Stop and disable a running keepalived and haproxy on each node when its turn comes.")
    boolean replaceKeepalived;

    @Option(
            names = "--rotate-secret",
            description =
                    "Replace the group's key (`secret` in the file) with a new one, in three steps without an outage.")
    boolean rotateSecret;

    @Option(
            names = "--plan",
            description = "Print what would change on which node and what clients would notice; change nothing.")
    boolean plan;

    @Override
    int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        Release chosen = Release.of(release == null ? bundled() : release);
        Interruption.allow(Deployment.WAY_BACK);
        Deployment.Result result = new Deployment(
                        file, chosen, nodes, new Options(replaceKeepalived, rotateSecret, plan), progress())
                .run();
        if (json) {
            out().println(Json.of(result));
        } else if (!result.changed().isEmpty()) {
            out().println("deployed " + chosen.id() + " to " + String.join(", ", result.changed()));
        }
        return 0;
    }

    private static Path bundled() throws FleetException {
        Path folder = Path.of(System.getProperty("baton.home", "."), "agent");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> archives =
                    files.filter(f -> f.toString().endsWith(".tar.gz")).toList();
            if (archives.size() == 1) {
                return archives.get(0);
            }
        } catch (IOException e) {
            throw FleetException.badInput(
                    "no release came with this program (" + folder + "); name one with --release");
        }
        throw FleetException.badInput(folder + " does not have exactly one release; name one with --release");
    }
}
