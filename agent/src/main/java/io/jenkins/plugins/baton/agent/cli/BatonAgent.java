package io.jenkins.plugins.baton.agent.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;

/** The program {@code baton-agent}. */
public final class BatonAgent {
    private BatonAgent() {}

    public static void main(String[] args) {
        Optional<RunArguments> run = RunArguments.of(args, System.getenv());
        System.exit(
                run.isPresent()
                        ? run(run.get())
                        : Commands.commandLine(RunArguments.isRun(args)).execute(args));
    }

    private static int run(RunArguments arguments) {
        try {
            return arguments.run();
        } catch (Exception e) {
            return UsageErrors.print(e, new PrintWriter(System.err, true, Charset.defaultCharset()));
        }
    }
}
