package io.jenkins.plugins.baton.agent.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = RunArguments.COMMAND,
        header = "Run the agent on this node until SIGTERM.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Run the agent on this node, in the foreground, until SIGTERM or SIGINT. Then another node takes"
                + " over the virtual address. SIGHUP makes it read the cluster file again: it logs mistakes in the"
                + " file and keeps the previous configuration.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent run --config /etc/baton/cluster.yaml",
            "  baton-agent run --config cluster.yaml --node m2    when its addresses are not this machine's",
            "  systemctl reload baton-agent                       sends SIGHUP",
            "",
            "Needs CAP_NET_ADMIN and CAP_NET_RAW for virtual routers, CAP_NET_BIND_SERVICE for ports below 1024;",
            "CAP_SYS_NICE and CAP_IPC_LOCK keep its timers accurate under load. Root has all of them; the",
            "systemd unit of the distribution gives them to the user baton."
        })
final class RunCommand implements Callable<Integer> {

    @Option(
            names = {"-c", RunArguments.CONFIG},
            required = true,
            paramLabel = "FILE",
            description = "The cluster file, the same on every node.")
    private Path config;

    @Option(
            names = RunArguments.NODE,
            paramLabel = "NAME",
            description = "Which node of the file this is. Default: the one with an address of this machine.")
    private String node;

    @Mixin
    private RuntimeOption runtime;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        return new RunArguments(config, Optional.ofNullable(node), runtime.directory()).run();
    }
}
