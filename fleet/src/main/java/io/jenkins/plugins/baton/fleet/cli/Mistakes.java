package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.jmx.text.Printable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person reads when a command cannot do what it should, and the exit code that goes with it. */
final class Mistakes {
    private Mistakes() {}

    /** Mistakes and failures are sentences; only a fault of ours shows a stack trace. */
    static int explain(Exception e, PrintWriter err) {
        if (e instanceof ClusterFileException) {
            err.println(Printable.lines(e.getMessage()));
            return FleetException.Kind.BAD_INPUT.exitCode();
        }
        if (e instanceof FleetException fleet) {
            err.println(Printable.lines(e.getMessage()));
            return fleet.kind().exitCode();
        }
        err.println("baton: internal error, please report it:");
        e.printStackTrace(err);
        return FleetException.Kind.FAILED.exitCode();
    }

    /** One sentence, not the whole usage text: that hides it. Who gives no command at all asks for that text. */
    static int explainUsage(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        if (arguments.length == 0) {
            err.println(e.getMessage());
            e.getCommandLine().usage(err);
        } else {
            err.println(Printable.lines(e.getMessage()) + suggestion(e) + "; see `" + command + " --help`");
        }
        return FleetException.Kind.BAD_INPUT.exitCode();
    }

    private static String suggestion(ParameterException e) {
        List<String> nearestFirst =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return nearestFirst.isEmpty() ? "" : "; did you mean " + nearestFirst.get(0) + "?";
    }

    /** An empty value is a variable of a script that is not set. */
    static void refuseEmptyValues(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        List<String> empty = last.matchedOptions().stream()
                .filter(option -> option.originalStringValues().contains(""))
                .map(OptionSpec::longestName)
                .toList();
        if (!empty.isEmpty()) {
            throw new ParameterException(
                    last.commandSpec().commandLine(), "the value of " + String.join(", ", empty) + " is empty");
        }
    }

    /** In decimal; picocli's own sentence speaks of an int. */
    static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number"
                    + (text.matches("-?[0-9]+") ? " that a command can count to" : ""));
        }
    }

    /** For all numbers of a command line. */
    static void install(CommandLine line) {
        line.registerConverter(Integer.class, Mistakes::wholeNumber);
        line.registerConverter(int.class, Mistakes::wholeNumber);
        line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command.getErr()));
        line.setParameterExceptionHandler(Mistakes::explainUsage);
        line.setExecutionStrategy(parsed -> {
            refuseEmptyValues(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
    }
}
