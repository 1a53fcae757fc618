package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Command;

@Command(
        name = "resume",
        header = "Let this node hold the virtual addresses again.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description =
                "End `suspend`, and what a handover without a name left behind: a node of higher priority takes the addresses"
                        + " back, if `preempt` says so.")
final class ResumeCommand extends AgentCommand {
    @Override
    String request() {
        return "resume";
    }
}
