package io.jenkins.plugins.baton.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What an operator does to one backend, in the words of the running agent: a verb and its name. */
abstract class BackendCommand implements Callable<Integer> {
    private final String verb;

    @Parameters(paramLabel = "BACKEND", description = "NAME or FRONTEND/NAME, as `status` shows them.")
    private String backend;

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    BackendCommand(String verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() throws Exception {
        return agent.ask(verb + " " + backend);
    }
}
