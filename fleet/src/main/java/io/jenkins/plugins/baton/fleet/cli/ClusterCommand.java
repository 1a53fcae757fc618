package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command on the nodes of a cluster file. */
abstract class ClusterCommand implements Callable<Integer> {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "cluster.yaml",
            description = "The cluster file. Default: ${DEFAULT-VALUE}.")
    Path path;

    @Option(names = "--json", description = "Print the result as JSON; progress goes to standard error.")
    boolean json;

    @Mixin
    AccessOptions accessOptions = new AccessOptions();

    @Spec
    CommandSpec spec;

    /** On a terminal, if that is where the output goes; the start script knows. */
    private Optional<LiveLine> live = Optional.empty();

    private Progress progress;

    @Override
    public final Integer call() throws FleetException, ClusterFileException {
        ClusterFile file = ClusterFile.read(path);
        int columns = Integer.getInteger("baton.columns", 0);
        if (columns > 0 && !json) {
            live = Optional.of(new LiveLine(spec.commandLine().getOut(), columns));
        }
        progress = live.<Progress>map(line -> line)
                .orElseGet(() -> new PlainLines(
                        json ? spec.commandLine().getErr() : spec.commandLine().getOut()));
        Access access = accessOptions.access(file.cluster().ssh());
        warn(access);
        try (NodeConnections nodes = new NodeConnections(file.cluster(), access)) {
            return run(file, nodes);
        } finally {
            live.ifPresent(LiveLine::close);
        }
    }

    private void warn(Access access) throws FleetException {
        try {
            PrintWriter err = spec.commandLine().getErr();
            access.trust().remarks().forEach(remark -> err.println("warning: " + remark));
        } catch (IOException e) {
            throw FleetException.badInput(e.getMessage());
        }
    }

    /** @return the exit code */
    abstract int run(ClusterFile file, NodeConnections nodes) throws FleetException;

    /** Where results go. */
    final PrintWriter out() {
        live.ifPresent(LiveLine::close);
        return spec.commandLine().getOut();
    }

    /** Lines for a person; beside JSON they must not mix with it. */
    final Progress progress() {
        return progress;
    }
}
