package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.control.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A request to the running agent, whose answer goes to standard output. */
abstract class AgentCommand implements Callable<Integer> {
    static final String REASON = "--reason";

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    @Option(names = REASON, paramLabel = "TEXT", description = "Why, for the log.")
    private String reason;

    /** In the words of the control socket. */
    abstract String request();

    @Override
    public Integer call() throws Exception {
        return agent.ask(request() + Words.reason(reason));
    }
}
