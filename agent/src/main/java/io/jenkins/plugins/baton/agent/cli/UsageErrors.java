package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.daemon.StartException;
import io.jenkins.plugins.baton.agent.management.ManagementException;
import io.jenkins.plugins.baton.agent.management.control.ControlClient;
import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import io.jenkins.plugins.baton.agent.management.control.RunningAgent;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.jmx.text.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** What a person reads on standard error when a command cannot do what it should, and the exit code that goes with it. */
final class UsageErrors {
    /** Options whose value is for a person to read, and may be empty. */
    private static final Set<String> TEXTS = Set.of(AgentCommand.REASON, OperateCommand.OPERATOR);

    private UsageErrors() {}

    /** Without a stack trace for everything that we expect to go wrong. */
    static int print(Exception e, PrintWriter err) {
        int exitCode = exitCode(e);
        if (exitCode < 0) {
            e.printStackTrace(err);
        } else {
            err.println(Printable.lines(String.valueOf(e.getMessage())));
        }
        err.flush();
        return exitCode < 0 ? ExitCode.FAILED : exitCode;
    }

    /** One sentence, not the whole usage text: that hides it. */
    static int printUsageError(CommandLine.ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println(Printable.line(e.getMessage()) + "; see `" + command + " --help`");
        err.flush();
        return ExitCode.BAD_INPUT;
    }

    /** In decimal; picocli's own sentence speaks of an int. */
    static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CommandLine.TypeConversionException("'" + text + "' is not a whole number"
                    + (text.matches("-?[0-9]+") ? " that a command can count to" : ""));
        }
    }

    /** An empty value is a variable of a script that is not set. */
    static void refuseEmptyValues(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        List<String> empty = last.matchedOptions().stream()
                .filter(option -> option.originalStringValues().contains(""))
                .map(CommandLine.Model.OptionSpec::longestName)
                .filter(name -> !TEXTS.contains(name))
                .toList();
        if (!empty.isEmpty()) {
            throw new CommandLine.ParameterException(
                    last.commandSpec().commandLine(), "The value of " + String.join(", ", empty) + " is empty");
        }
    }

    private static int exitCode(Exception e) {
        if (e instanceof ClusterFileException) {
            return ExitCode.BAD_INPUT;
        }
        if (e instanceof StartException start) {
            return start.exitCode();
        }
        if (e instanceof ControlClient.RefusedException refused) {
            return refused.exitCode();
        }
        if (e instanceof RunningAgent.NotRunning) {
            return ExitCode.NOT_RUNNING;
        }
        if (e instanceof ManagementException) {
            return ExitCode.BAD_INPUT;
        }
        return e instanceof IOException ? ExitCode.FAILED : -1;
    }
}
