package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import io.jenkins.plugins.baton.jmx.text.StandardOutput;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import picocli.CommandLine;

/** The program {@code baton-agent}. */
public final class BatonAgent {
    private BatonAgent() {}

    public static void main(String[] args) {
        Optional<RunArguments> run = RunArguments.of(args, System.getenv());
        System.exit(
                run.isPresent()
                        ? run(run.get())
                        : command(
                                StandardOutput.ofProcess(),
                                new PrintWriter(System.err, true, Charset.defaultCharset()),
                                args));
    }

    /** @return the exit code; what could not be printed makes a success a failure */
    static int command(StandardOutput output, PrintWriter errors, String... arguments) {
        CommandLine line = Commands.commandLine(RunArguments.isRun(arguments));
        line.setOut(output.writer());
        line.setErr(errors);
        return output.exitCode(line.execute(arguments), ExitCode.FAILED, errors);
    }

    private static int run(RunArguments arguments) {
        try {
            return arguments.run();
        } catch (Exception e) {
            return UsageErrors.print(e, new PrintWriter(System.err, true, Charset.defaultCharset()));
        }
    }
}
