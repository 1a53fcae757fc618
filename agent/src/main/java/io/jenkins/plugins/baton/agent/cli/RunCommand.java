package io.jenkins.plugins.baton.agent.cli;

import io.jenkins.plugins.baton.agent.daemon.Daemon;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = BatonAgent.RUN,
        header = "Be this node's agent until SIGTERM.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        description = "Be the agent of this node, in the foreground, until SIGTERM or SIGINT. Then another node"
                + " takes the virtual address over. SIGHUP reads the cluster file again: what is wrong in it is"
                + " logged and the agent goes on as it was.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  baton-agent run --config /etc/baton/cluster.yaml",
            "  baton-agent run --config cluster.yaml --node m2       when the file's addresses are not this machine's",
            "  systemctl reload baton-agent                          sends SIGHUP",
            "",
            "Needs CAP_NET_ADMIN and CAP_NET_RAW for virtual routers, CAP_NET_BIND_SERVICE for ports below 1024;",
            "CAP_SYS_NICE and CAP_IPC_LOCK make it punctual under load. Root has them all, the systemd unit of the",
            "distribution gives them to a user of its own."
        })
final class RunCommand implements Callable<Integer> {

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The cluster file, the same on every node.")
    private Path config;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "Which node of the file this is. Default: the one with an address of this machine.")
    private String node;

    @Mixin
    private RuntimeOption runtime;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws Exception {
        return Daemon.run(config, Optional.ofNullable(node), runtime.directory());
    }
}
