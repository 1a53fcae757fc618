package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Command;

@Command(
        name = "drain",
        header = "Send no new connections to a backend.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Send no new connections to a backend and keep those it has, for example before maintenance of"
                + " that server. Lasts until `enable` or the end of the agent. Affects this node's agent only.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent drain m2                       the backend m2 of every frontend",
            "  baton-agent drain kube-apiserver/m2        only of this frontend",
        })
final class DrainCommand extends BackendCommand {
    DrainCommand() {
        super("drain");
    }
}
