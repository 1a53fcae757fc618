package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.jmx.text.StandardOutput;
import java.io.PrintWriter;
import java.nio.charset.Charset;
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
            "4:a node could not be reached, or something on it failed, or the result could not be written",
            "130, 143:ended by Ctrl-C or SIGTERM"
        })
public final class Baton {
    private Baton() {}

    public static void main(String[] arguments) {
        Interruption interruption = Interruption.guard();
        StandardOutput output = StandardOutput.ofProcess();
        int code = run(output, new PrintWriter(System.err, true, Charset.defaultCharset()), arguments);
        interruption.done();
        System.exit(code);
    }

    /** @return the exit code; what could not be printed makes a success a failure */
    static int run(StandardOutput output, PrintWriter errors, String... arguments) {
        CommandLine line = commandLine();
        line.setOut(output.writer());
        line.setErr(errors);
        return output.exitCode(line.execute(arguments), FleetException.Kind.FAILED.exitCode(), errors);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Baton());
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        line.getSubcommands().get("drill").getCommandSpec().usageMessage().footer(Drill.scenarios());
        line.getSubcommands().get("maintain").setStopAtPositional(true); // what follows are the command's own options
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setExpandAtFiles(false); // the command of maintain may have arguments with an @
        Mistakes.install(line);
        return line;
    }
}
