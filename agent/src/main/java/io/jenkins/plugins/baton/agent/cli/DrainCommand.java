package io.jenkins.plugins.baton.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "drain",
        header = "Send no new connections to a backend.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Send no new connections to a backend and keep those it has, as before maintenance of that"
                + " server. Lasts until `enable` or the end of the agent. Each node drains for itself.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent drain m2                       the backend m2 of every frontend",
            "  baton-agent drain kube-apiserver/m2        only of this frontend",
        })
final class DrainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BACKEND", description = "NAME or FRONTEND/NAME, as `status` shows them.")
    private String backend;

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        return agent.ask("drain " + backend);
    }
}
