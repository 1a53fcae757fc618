package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.ControlClient;
import io.jenkins.plugins.baton.agent.management.RunningAgent;
import java.io.OutputStream;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have in common that talk to the running agent. */
final class AgentQuestion {
    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "Which agent, where several run on this machine. Default: the one of this network namespace.")
    private String node;

    @Mixin
    private RuntimeOption runtime;

    /** Asks the running agent and copies what it says. */
    int ask(String question, OutputStream out) throws Exception {
        RunningAgent agent = RunningAgent.find(runtime.directory(), Optional.ofNullable(node));
        ControlClient.ask(agent, question, out);
        return ExitCode.OK;
    }
}
