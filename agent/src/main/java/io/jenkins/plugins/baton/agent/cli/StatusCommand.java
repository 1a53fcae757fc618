package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.control.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
            "  baton-agent status --openmetrics | grep holder",
            "  baton-agent status --watch --every 1000                    also at least once a second",
            "",
            "Colours are used on a terminal unless NO_COLOR is set."
        })
final class StatusCommand implements Callable<Integer> {

    @Option(names = "--json", description = "One JSON object on one line.")
    private boolean json;

    @Option(names = "--openmetrics", description = "The numbers as metrics in Prometheus' text format.")
    private boolean openMetrics;

    @Option(
            names = "--watch",
            description = "Run until interrupted, and print the whole status again after every change.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "MILLIS",
            description =
                    "With --watch: print it again also when nothing has changed for this many milliseconds, 100 or"
                            + " more; numbers such as sessions change without being told.")
    private Integer every;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        if (openMetrics && (json || watch)) {
            throw new ParameterException(
                    spec.commandLine(), "--openmetrics is a form of its own, without --json or --watch");
        }
        // A console means that both standard input and standard output are a terminal.
        boolean terminal = System.console() != null;
        boolean colour = terminal && !json && System.getenv("NO_COLOR") == null;
        if (every != null && (!watch || every < 100)) {
            throw new ParameterException(
                    spec.commandLine(), "--every is for --watch, and a number of milliseconds from 100 on");
        }
        String question = "status" + (openMetrics ? " openmetrics" : "") + (json ? " json" : "")
                + (watch ? " watch" : "") + (every == null ? "" : Words.every(every)) + (colour ? " colour" : "");
        return agent.ask(question, out -> watch && !json ? new Pages(out, terminal) : out);
    }
}
