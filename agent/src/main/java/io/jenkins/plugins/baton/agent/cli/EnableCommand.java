package io.jenkins.plugins.baton.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
final class EnableCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BACKEND", description = "NAME or FRONTEND/NAME, as `status` shows them.")
    private String backend;

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        return agent.ask("enable " + backend);
    }
}
