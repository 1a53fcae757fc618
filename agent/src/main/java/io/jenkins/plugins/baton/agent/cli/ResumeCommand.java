package io.jenkins.plugins.baton.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resume",
        header = "Let this node hold the virtual addresses again.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description =
                "End `suspend`, and what a handover without a name left behind: a node of higher priority takes the addresses"
                        + " back, if `preempt` says so.")
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        return agent.ask("resume");
    }
}
