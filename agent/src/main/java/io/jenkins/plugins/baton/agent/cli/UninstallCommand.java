package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.daemon.Uninstall;
import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "uninstall",
        header = "Remove what an agent left in this host's kernel.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Remove what a stopped agent left in the kernel for the next one: its nftables rules, and the"
                + " parameters that it had set, which get their values from before the first agent. Connections"
                + " that the rules still serve break. Refuses while an agent runs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  systemctl disable --now baton-agent && baton-agent uninstall",
        })
final class UninstallCommand implements Callable<Integer> {

    @Mixin
    private RuntimeOption runtime;

    @Mixin
    private HelpOption help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        boolean removed = Uninstall.run(runtime.directory());
        spec.commandLine()
                .getOut()
                .println(removed ? "Baton's rules and parameters are removed" : "There is nothing of Baton here");
        return ExitCode.OK;
    }
}
