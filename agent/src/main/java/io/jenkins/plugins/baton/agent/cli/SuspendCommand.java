package io.jenkins.plugins.baton.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "suspend",
        header = "Keep this node from holding the virtual addresses.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description =
                "Give away what this node holds, and hold nothing until `resume`: for work on this node. Its backends and its proxy"
                        + " go on.")
final class SuspendCommand implements Callable<Integer> {

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        return agent.ask("suspend");
    }
}
