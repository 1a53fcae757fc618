package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        header = "Name every mistake in a cluster file.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Read a cluster file and name every mistake in it as FILE:LINE:COLUMN: what, the value, what to"
                + " do. A warning names settings that are valid but cannot work as intended; the exit code stays 0."
                + " Needs no privileges and no running agent.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent check cluster.yaml && systemctl reload baton-agent",
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The cluster file.")
    private Path file;

    @Mixin
    private HelpOption help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ClusterFile read = ClusterFile.read(file);
        PrintWriter err = spec.commandLine().getErr();
        read.warnings().forEach(warning -> err.println(warning.asWarning()));
        err.flush();
        Cluster cluster = read.cluster();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s is valid: cluster %s, %s, %s, %s, %s%n",
                file,
                cluster.name(),
                count(cluster.nodes().size(), "node"),
                count(cluster.virtualRouters().size(), "virtual router"),
                count(cluster.frontends().size(), "frontend"),
                count(cluster.checks().size(), "check"));
        out.flush();
        return ExitCode.OK;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
