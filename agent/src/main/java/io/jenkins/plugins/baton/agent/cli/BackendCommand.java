package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Parameters;

/** What an operator does to one backend, in the words of the running agent: a verb and its name. */
abstract class BackendCommand extends AgentCommand {
    private final String verb;

    @Parameters(paramLabel = "BACKEND", description = "NAME or FRONTEND/NAME, as `status` shows them.")
    private String backend;

    BackendCommand(String verb) {
        this.verb = verb;
    }

    @Override
    String request() {
        return verb + " " + backend;
    }
}
