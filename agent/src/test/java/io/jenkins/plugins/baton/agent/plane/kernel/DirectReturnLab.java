package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.ethernet.Announcer;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netlink.Lifetime;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Certainty;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.RingMember;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Nodes of a lab that serve one VIP by the rules of the kernel plane, and who plays their agents by hand. */
final class DirectReturnLab implements AutoCloseable {
    private final Lab lab;
    private final boolean ipv6;
    private final List<Backend> backends = new ArrayList<>();
    private final List<NamespaceThread> threads = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Nftables> rules = new ArrayList<>();
    private final List<Rtnetlink> addressing = new ArrayList<>();
    /** What the agents of all nodes agree upon. */
    private final Set<Integer> absent = new HashSet<>();

    private final Set<Integer> notServing = new HashSet<>();
    /** By the node: which other one it leaves out, as its agent has not spoken. */
    private final Map<Integer, Integer> unheard = new HashMap<>();

    DirectReturnLab(int nodes, boolean ipv6) throws Exception {
        lab = Lab.withNodes(nodes);
        this.ipv6 = ipv6;
        for (Host host : lab.nodes()) {
            backends.add(Backend.start(host));
            NamespaceThread thread = NamespaceThread.in(host.namespace());
            threads.add(thread);
            links.add(thread.link(Host.INTERFACE));
            rules.add(thread.call(Nftables::open));
            addressing.add(thread.call(Rtnetlink::open));
        }
        for (int node = 0; node < nodes; node++) {
            install(node);
        }
    }

    Lab lab() {
        return lab;
    }

    Backend backend(int node) {
        return backends.get(node);
    }

    String vipText() {
        return ipv6 ? AddressPlan.VIP6 : AddressPlan.VIP;
    }

    NamespaceThread thread(int node) {
        return threads.get(node);
    }

    /** The node takes the VIP. */
    void take(int node) {
        threads.get(node).run(() -> {
            try (Announcer announcer = Announcer.open()) {
                addressing.get(node).replaceAddress(links.get(node), vip(), Lifetime.lease(vip(), 3600));
                announcer.announce(links.get(node), vip().address());
            }
        });
    }

    /** The node gives the VIP up. */
    void release(int node) {
        threads.get(node).run(() -> addressing.get(node).removeAddress(links.get(node), vip()));
    }

    /** A planned move, as the design says. */
    void move(int from, int to) {
        take(to);
        release(from);
    }

    /** New connections go elsewhere; the backend may be up or not. */
    void drain(int node) {
        notServing.add(node);
        applyAll();
    }

    void enable(int node) {
        notServing.remove(node);
        applyAll();
    }

    /** The others notice that the node is gone. */
    void declareLost(int node) {
        absent.add(node);
        applyAll();
    }

    /** A node alone learns that the host of another one has come back, before the agent there speaks. */
    void doubt(int node, int other) {
        unheard.put(node, other);
        update(node);
    }

    /** The agent of the other one has spoken. */
    void believe(int node) {
        unheard.remove(node);
        update(node);
    }

    private void applyAll() {
        for (int node = 0; node < threads.size(); node++) {
            if (!absent.contains(node)) {
                update(node);
            }
        }
    }

    /** An agent starts: it puts its rules in the place of those that it finds. */
    void install(int node) {
        ClusterView view = view(node);
        InstalledRules installed = new InstalledRules(rules.get(node));
        threads.get(node).run(() -> installed.install(view, Set.of()));
    }

    /** One node alone learns what has changed, which is how the nodes come to disagree for a moment. */
    void update(int node) {
        String commands = Ruleset.update(view(node));
        threads.get(node).run(() -> rules.get(node).run(commands));
    }

    /** What the node's agent sees of its rules. */
    String read(int node) {
        return threads.get(node).call(() -> new InstalledRules(rules.get(node)).read(view(node)));
    }

    private ClusterView view(int own) {
        List<RingMember> members = new ArrayList<>();
        List<MacAddress> peers = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            Host host = lab.nodes().get(i);
            boolean present = !absent.contains(i) && !Objects.equals(unheard.get(own), i);
            boolean serving = present && !notServing.contains(i);
            members.add(new RingMember(
                    address(ipv6 ? host.ipv6() : host.ipv4()), AddressPlan.BACKEND_PORT, 100, present, serving));
            if (i != own) {
                peers.add(links.get(i).mac());
            }
        }
        return new ClusterView(
                peers,
                unheard.containsKey(own) ? Certainty.UNSURE : Certainty.SURE,
                Map.of(),
                true,
                List.of(new KernelFrontend(
                        "kube-apiserver",
                        Host.INTERFACE,
                        List.of(vip().address()),
                        AddressPlan.FRONTEND_PORT,
                        KernelFrontend.Dispatch.BY_CONNECTION,
                        members,
                        own,
                        false,
                        false)));
    }

    private Cidr vip() {
        return new Cidr(address(vipText()), ipv6 ? 128 : 32);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < threads.size(); i++) {
            threads.get(i).run(rules.get(i)::close);
            addressing.get(i).close();
            threads.get(i).close();
        }
        lab.close();
    }
}
