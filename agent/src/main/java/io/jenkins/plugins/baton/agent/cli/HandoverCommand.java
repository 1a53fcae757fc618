package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "handover",
        header = "Give the virtual addresses to another node.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Give the virtual addresses that this node holds to another one, and wait until it has them."
                + " They stay there until somebody hands over again or that node goes away, also when this node has"
                + " the higher priority.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent handover               to the best of the others",
            "  baton-agent handover --to m2       to this one",
        })
final class HandoverCommand extends AgentCommand {
    @Option(names = "--to", paramLabel = "NODE", description = "A node of the cluster file. Default: the best one.")
    private String to;

    @Override
    String request() {
        return "handover" + (to == null ? "" : " " + to);
    }
}
