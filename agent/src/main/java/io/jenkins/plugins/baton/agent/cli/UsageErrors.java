package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.daemon.StartException;
import io.jenkins.plugins.baton.agent.management.ManagementException;
import io.jenkins.plugins.baton.agent.management.control.ControlClient;
import io.jenkins.plugins.baton.agent.management.control.RunningAgent;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;

/** What a person reads on standard error when a command cannot do what it should, and the exit code that goes with it. */
final class UsageErrors {
    private UsageErrors() {}

    /** Without a stack trace for everything that we expect to go wrong. */
    static int print(Exception e, PrintWriter err) {
        int exitCode = exitCode(e);
        if (exitCode < 0) {
            e.printStackTrace(err);
        } else {
            err.println(e.getMessage());
        }
        err.flush();
        return exitCode < 0 ? ExitCode.FAILED : exitCode;
    }

    /** One sentence, not the whole usage text: that hides it. */
    static int printUsageError(CommandLine.ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println(e.getMessage() + "; see `" + command + " --help`");
        err.flush();
        return ExitCode.BAD_INPUT;
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
