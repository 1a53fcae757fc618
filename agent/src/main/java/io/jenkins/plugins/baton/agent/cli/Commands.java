package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.daemon.Version;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code baton-agent} with all its commands. */
@Command(
        name = "baton-agent",
        descriptionHeading = "%n",
        description =
                "Keeps a Kubernetes API endpoint available when a node fails: holds a virtual IP together with the"
                        + " agents of the other nodes (VRRP) and balances connections over the API servers.",
        versionProvider = Commands.VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:the command failed",
            "2:the command line or the cluster file is wrong; nothing was started or changed",
            "3:no agent is running here"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent check cluster.yaml             find every mistake in a cluster file",
            "  baton-agent run --config cluster.yaml      run the agent on this node until SIGTERM",
            "  baton-agent status                         who holds the address, which backends are up",
            "  baton-agent handover --to m2               move the address, for example before maintenance",
            "  baton-agent COMMAND --help                 help for one command"
        })
final class Commands {

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    /** Columns of the help texts; asking the terminal would start a program. */
    private static final int WIDTH = 100;

    private static final List<Class<?>> ALL = List.of(
            RunCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            HandoverCommand.class,
            SuspendCommand.class,
            ResumeCommand.class,
            DrainCommand.class,
            EnableCommand.class,
            OperateCommand.class,
            UninstallCommand.class,
            ProbeCommand.class,
            CommandLine.HelpCommand.class);

    private Commands() {}

    /** To look at the annotations of all commands takes a tenth of the start of one: a daemon looks at its own alone. */
    static CommandLine commandLine(boolean daemon) {
        CommandLine commandLine = new CommandLine(new Commands());
        (daemon ? List.of(RunCommand.class) : ALL).forEach(commandLine::addSubcommand);
        commandLine.setUsageHelpWidth(WIDTH);
        commandLine.setExpandAtFiles(false); // a reason may begin with an @
        commandLine.registerConverter(Integer.class, UsageErrors::wholeNumber);
        commandLine.registerConverter(int.class, UsageErrors::wholeNumber);
        commandLine.setExecutionStrategy(parsed -> {
            UsageErrors.refuseEmptyValues(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> UsageErrors.print(e, command.getErr()));
        commandLine.setParameterExceptionHandler(UsageErrors::printUsageError);
        return commandLine;
    }

    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"baton-agent " + Version.current()};
        }
    }
}
