package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Check a cluster file for mistakes; touches no node. Exit code 2 when there are any.")
final class Check implements Callable<Integer> {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "cluster.yaml",
            description = "The cluster file. Default: ${DEFAULT-VALUE}.")
    Path path;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws ClusterFileException {
        ClusterFile file = ClusterFile.read(path);
        file.warnings().forEach(warning -> spec.commandLine().getErr().println(warning.asWarning()));
        int nodes = file.cluster().nodes().size();
        spec.commandLine()
                .getOut()
                .println(path + " is valid: " + nodes + (nodes == 1 ? " node" : " nodes") + ", SHA-256 " + file.hash());
        return 0;
    }
}
