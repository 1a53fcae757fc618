package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Command;

@Command(
        name = "resume",
        header = "Let this node hold the virtual addresses again.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description =
                "End `suspend`, and the effect of a handover without a name: a node of higher priority takes the addresses"
                        + " back, if `preempt` is true.")
final class ResumeCommand extends AgentCommand {
    @Override
    String request() {
        return "resume";
    }
}
