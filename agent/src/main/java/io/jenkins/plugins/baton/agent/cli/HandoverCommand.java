package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "handover",
        header = "Give the virtual addresses to another node.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Give the virtual addresses that this node holds to another node, and wait until it has them."
                + " They stay there until the next handover or until that node fails, even when this node has the"
                + " higher priority.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent handover               to the next able node by priority",
            "  baton-agent handover --to m2       to m2",
        })
final class HandoverCommand extends AgentCommand {
    @Option(
            names = "--to",
            paramLabel = "NODE",
            description = "A node of the cluster file. Default: the next able node by priority.")
    private String to;

    @Override
    String request() {
        return "handover" + (to == null ? "" : " " + to);
    }
}
