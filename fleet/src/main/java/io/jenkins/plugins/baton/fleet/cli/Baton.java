package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.fleet.FleetException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "baton",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Deploys Baton's agents to the nodes of a cluster file, and tests their failover.",
        subcommands = {
            Check.class,
            Deploy.class,
            Undeploy.class,
            Wait.class,
            Status.class,
            Drill.class,
            Drain.class,
            Enable.class,
            Maintain.class,
            Jmx.class,
            Import.class,
            SchemaCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success; a drill passed",
            "1:a drill failed its verdict; the command of maintain failed",
            "2:bad input: nothing was touched",
            "3:refused: the cluster is not in a state for it",
            "4:a node could not be reached, or something on it failed"
        })
public final class Baton {
    private Baton() {}

    public static void main(String[] arguments) {
        Interruption interruption = Interruption.guard();
        int code = commandLine().execute(arguments);
        interruption.done();
        System.exit(code);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Baton());
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        line.getSubcommands().get("drill").getCommandSpec().usageMessage().footer(Drill.scenarios());
        line.getSubcommands().get("maintain").setStopAtPositional(true); // what follows are the command's own options
        line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command.getErr()));
        return line;
    }

    /** Mistakes and failures are sentences; only a fault of ours shows a stack trace. */
    private static int explain(Exception e, PrintWriter err) {
        if (e instanceof ClusterFileException) {
            err.println(e.getMessage());
            return FleetException.Kind.BAD_INPUT.exitCode();
        }
        if (e instanceof FleetException fleet) {
            err.println(e.getMessage());
            return fleet.kind().exitCode();
        }
        err.println("baton: internal error, please report it:");
        e.printStackTrace(err);
        return FleetException.Kind.FAILED.exitCode();
    }
}
