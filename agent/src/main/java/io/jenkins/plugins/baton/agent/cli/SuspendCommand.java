package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Command;

@Command(
        name = "suspend",
        header = "Keep this node from holding the virtual addresses.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description =
                "Give away the virtual addresses of this node, and hold none until `resume`, for example during maintenance."
                        + " Its backends and its proxy keep working.")
final class SuspendCommand extends AgentCommand {
    @Override
    String request() {
        return "suspend";
    }
}
