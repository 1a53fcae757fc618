package io.jenkins.plugins.baton.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        header = "Who holds the address, which backends are up.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Show what the running agent on this machine sees: who holds the virtual address and why, which"
                + " backends are up, how many sessions there are. The same as its JMX MBeans.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent status",
            "  baton-agent status --watch                                 again after every change",
            "  baton-agent status --json | jq '.virtualRouters[].holder'",
            "  baton-agent status --json --watch | jq -c .change          one line for every change",
            "",
            "Colours are used on a terminal unless NO_COLOR is set."
        })
final class StatusCommand implements Callable<Integer> {

    @Option(names = "--json", description = "One JSON object on one line.")
    private boolean json;

    @Option(
            names = "--watch",
            description = "Run until interrupted, and print the whole status again after every change.")
    private boolean watch;

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        // A console means that both standard input and standard output are a terminal.
        boolean terminal = System.console() != null;
        boolean colour = terminal && !json && System.getenv("NO_COLOR") == null;
        String question = "status" + (json ? " json" : "") + (watch ? " watch" : "") + (colour ? " colour" : "");
        return agent.ask(question, out -> watch && !json ? new Pages(out, terminal) : out);
    }
}
