package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.choice.PlaneChooser;
import io.jenkins.plugins.baton.agent.plane.kernel.HostSupport;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a valid cluster file can work on this machine: everything that is known to fail, before anything starts. */
final class Preflight {
    /** Ports below this are the administrator's, see net.ipv4.ip_unprivileged_port_start. */
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private Preflight() {}

    /** All that is wrong, a sentence each; empty when the agent can run. */
    static List<String> problems(ClusterFile file, Node self, Host host) {
        List<String> problems = new ArrayList<>(lacking(file, host));
        PlaneChooser chooser = new PlaneChooser(file.cluster(), self, new HostSupport());
        List<Frontend> frontends = file.cluster().frontends();
        for (int i = 0; i < frontends.size(); i++) {
            if (frontends.get(i).plane() != Frontend.Plane.KERNEL) {
                continue; // the proxy can serve all of them
            }
            try {
                chooser.choose(frontends.get(i));
            } catch (PlaneException e) {
                problems.add(
                        file.problemAt(e.getMessage(), "frontends", i, "plane").toString());
            }
        }
        return problems;
    }

    /** The privileges that are missing, in a sentence; empty when there are enough. */
    static List<String> lacking(ClusterFile file, Host host) {
        Set<Capability> lacking = needed(file);
        lacking.removeAll(host.capabilities());
        if (lacking.isEmpty()) {
            return List.of();
        }
        String names = lacking.stream().map(Capability::displayName).collect(Collectors.joining(", "));
        return List.of("This process lacks " + names + ", without which it cannot do what " + file.path()
                + " says; run it as root or from the systemd unit that is part of the distribution");
    }

    /**
     * What a reload must not change to: an interface that is not there is most likely a mistake, while one that is in use
     * may come back.
     *
     * @param before the cluster file in use
     */
    static List<String> newMissingInterfaces(ClusterFile file, Node self, Host host, ClusterFile before) {
        Set<String> known = new HashSet<>(host.interfaces());
        before.cluster()
                .node(self.name())
                .ifPresent(node -> before.cluster().virtualRouters().forEach(r -> known.add(r.interfaceOn(node))));
        List<String> problems = new ArrayList<>();
        List<VirtualRouter> routers = file.cluster().virtualRouters();
        for (int i = 0; i < routers.size(); i++) {
            String interfaceName = routers.get(i).interfaceOn(self);
            if (!known.contains(interfaceName)) {
                problems.add(missing(file, self, i, interfaceName, host));
            }
        }
        return problems;
    }

    private static String missing(ClusterFile file, Node self, int router, String interfaceName, Host host) {
        String message = "there is no network interface '" + interfaceName + "' on this node; it has "
                + host.interfaces().stream().sorted().collect(Collectors.joining(", "));
        boolean listed =
                file.cluster().virtualRouters().get(router).interfaces().containsKey(self.name());
        return (self.interfaceName().isPresent() && !listed
                        ? file.problemAt(
                                message, "nodes", file.cluster().nodes().indexOf(self), "interface")
                        : file.problemAt(message, "virtualRouters", router, listed ? "interfaces" : "interface"))
                .toString();
    }

    private static Set<Capability> needed(ClusterFile file) {
        Set<Capability> needed = EnumSet.noneOf(Capability.class);
        if (!file.cluster().virtualRouters().isEmpty()) {
            needed.add(Capability.NET_ADMIN);
            needed.add(Capability.NET_RAW);
        }
        if (file.cluster().frontends().stream().anyMatch(f -> f.bind().port() < FIRST_UNPRIVILEGED_PORT)) {
            needed.add(Capability.NET_BIND_SERVICE);
        }
        return needed;
    }
}
