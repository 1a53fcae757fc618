package io.jenkins.plugins.baton.lab.bench.idle;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.ClusterText;
import io.jenkins.plugins.baton.lab.Haproxy;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.experiment.BatonStack;
import io.jenkins.plugins.baton.lab.experiment.KeepalivedStack;
import io.jenkins.plugins.baton.lab.experiment.Stack;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.util.List;

/** The two kinds of clusters that serve nobody: both send adverts each 100 ms and check the backends of all nodes each 2 s. */
final class IdleStacks {
    private IdleStacks() {}

    /** The interval of adverts and of checks is the default, and the agents are started as systemd starts them. */
    static Stack baton(Agent agent, int frontends) {
        Variant variant = Variant.of(Plane.KERNEL);
        return BatonStack.ofText(
                IdleRows.BATON, agent.logsToJournal(), variant, frontends, nodes -> clusterFile(nodes, frontends));
    }

    static Stack reference(int frontends) {
        return new KeepalivedStack(
                IdleRows.REFERENCE, Keepalived.configuration().interval("0.1"), new Haproxy(frontends, true));
    }

    private static ClusterText clusterFile(List<Host> nodes, int frontends) {
        String check = "check: {type: https, path: /readyz, ca: "
                + nodes.get(0).certificates().authority() + "}";
        ClusterText text = ClusterText.of(nodes)
                .router(AddressPlan.VIP + "/32", "advertisementInterval: " + Variant.DEFAULT_INTERVAL);
        for (int i = 0; i < frontends; i++) {
            text.frontend(
                    "frontend-" + i,
                    ClusterText.endpoint(AddressPlan.VIP, AddressPlan.FRONTEND_PORT + i),
                    "plane: kernel, " + check + ", "
                            + ClusterText.servers(nodes, Host::ipv4, AddressPlan.BACKEND_PORT + i));
        }
        return text;
    }
}
