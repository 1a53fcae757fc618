package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.control.ControlClient;
import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import io.jenkins.plugins.baton.agent.management.control.RunningAgent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have in common that talk to the running agent. */
final class AgentQuestion {
    @Option(
            names = "--node",
            paramLabel = "NAME",
            description =
                    "Node whose agent to ask, where several run on this machine. Default: that of this network namespace.")
    private String node;

    @Mixin
    private RuntimeOption runtime;

    /** Asks the running agent and copies what it says to standard output. */
    int ask(String question) throws Exception {
        return ask(question, out -> out);
    }

    /** @param form what the answer passes through on its way to standard output */
    int ask(String question, UnaryOperator<OutputStream> form) throws Exception {
        RunningAgent agent = RunningAgent.find(runtime.directory(), Optional.ofNullable(node));
        // Not System.out: that one keeps it to itself when nobody reads any more.
        ControlClient.ask(agent, question, form.apply(new FileOutputStream(FileDescriptor.out)));
        return ExitCode.OK;
    }
}
