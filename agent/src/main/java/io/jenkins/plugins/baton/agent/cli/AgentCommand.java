package io.jenkins.plugins.baton.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A request to the running agent, whose answer goes to standard output. */
abstract class AgentCommand implements Callable<Integer> {
    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    /** In the words of the control socket. */
    abstract String request();

    @Override
    public Integer call() throws Exception {
        return agent.ask(request());
    }
}
