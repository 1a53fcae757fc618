package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import io.jenkins.plugins.baton.agent.reachability.NetworkProbe;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "probe",
        hidden = true,
        header = "Take part in a test of the network between the nodes, under control of baton deploy.")
final class ProbeCommand implements Callable<Integer> {

    @Option(names = "--token", required = true, paramLabel = "NUMBER", description = "The test's number.")
    private int token;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        new NetworkProbe(token, System.out)
                .run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        return ExitCode.OK;
    }
}
