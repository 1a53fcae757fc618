package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Command;

@Command(
        name = "suspend",
        header = "Keep this node from holding the virtual addresses.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description =
                "Give away what this node holds, and hold nothing until `resume`: for work on this node. Its backends and its proxy"
                        + " go on.")
final class SuspendCommand extends AgentCommand {
    @Override
    String request() {
        return "suspend";
    }
}
