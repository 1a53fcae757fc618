package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.control.ControlClient;
import io.jenkins.plugins.baton.agent.management.control.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "operate",
        header = "Carry out an operation of an MBean.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Carry out one operation of one MBean of the running agent, as JConsole does, and print what it"
                + " returned. The log names who asked.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent operate baton:type=VirtualRouter,name=kube handOver 'disk replaced'",
            "  baton-agent operate baton:type=Backend,frontend=api,name=m2 setWeight 0 'slow disk'",
        })
final class OperateCommand implements Callable<Integer> {
    static final String OPERATOR = "--operator";

    @Parameters(index = "0", paramLabel = "BEAN", description = "Object name of the MBean.")
    private String bean;

    @Parameters(index = "1", paramLabel = "OPERATION", description = "Name of the operation.")
    private String operation;

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "ARGUMENT",
            description = "The operation's parameters, in their order.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = OPERATOR,
            paramLabel = "NAME",
            description = "On whose behalf, for the log. Default: what sudo or SSH say.")
    private String operator = "";

    @Mixin
    private AgentQuestion agent;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        String words = Stream.concat(Stream.of(bean, operation), arguments.stream())
                .map(Words::encode)
                .collect(Collectors.joining(" "));
        return agent.ask("operate " + words + ControlClient.onBehalfOf(operator));
    }
}
