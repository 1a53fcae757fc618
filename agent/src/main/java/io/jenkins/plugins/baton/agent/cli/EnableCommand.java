package io.jenkins.plugins.baton.agent.cli;

import picocli.CommandLine.Command;

@Command(
        name = "enable",
        header = "Send new connections to a backend again.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Send new connections to a backend again after `drain`.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent enable m2                       the backend m2 of every frontend",
            "  baton-agent enable kube-apiserver/m2        only of this frontend",
        })
final class EnableCommand extends BackendCommand {
    EnableCommand() {
        super("enable");
    }
}
