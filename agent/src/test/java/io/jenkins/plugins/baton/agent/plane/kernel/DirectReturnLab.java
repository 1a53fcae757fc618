package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.Announcer;
import io.jenkins.plugins.baton.agent.linux.Lifetime;
import io.jenkins.plugins.baton.agent.linux.Link;
import io.jenkins.plugins.baton.agent.linux.MacAddress;
import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.Nftables;
import io.jenkins.plugins.baton.agent.linux.Rtnetlink;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.Plan;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Masters of a lab that serve one VIP by the rules of the kernel plane, and who plays their agents by hand. */
final class DirectReturnLab implements AutoCloseable {
    private final Lab lab;
    private final boolean ipv6;
    private final List<Backend> backends = new ArrayList<>();
    private final List<NamespaceThread> threads = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Nftables> rules = new ArrayList<>();
    private final List<Rtnetlink> addressing = new ArrayList<>();
    /** What the agents of all masters agree upon. */
    private final Set<Integer> absent = new HashSet<>();
    private final Set<Integer> notServing = new HashSet<>();

    DirectReturnLab(int masters, boolean ipv6) throws Exception {
        lab = Lab.withMasters(masters);
        this.ipv6 = ipv6;
        for (Host host : lab.masters()) {
            backends.add(Backend.start(host));
            NamespaceThread thread = NamespaceThread.in(host.namespace());
            threads.add(thread);
            links.add(thread.link(Host.INTERFACE));
            rules.add(thread.call(Nftables::open));
            addressing.add(thread.call(Rtnetlink::open));
        }
        for (int master = 0; master < masters; master++) {
            install(master);
        }
    }

    Lab lab() {
        return lab;
    }

    Backend backend(int master) {
        return backends.get(master);
    }

    String vipText() {
        return ipv6 ? Plan.VIP6 : Plan.VIP;
    }

    NamespaceThread thread(int master) {
        return threads.get(master);
    }

    /** The master takes the VIP. */
    void take(int master) {
        threads.get(master).run(() -> {
            try (Announcer announcer = Announcer.open()) {
                addressing.get(master).replaceAddress(links.get(master), vip(), Lifetime.lease(vip(), 3600));
                announcer.announce(links.get(master), vip().address());
            }
        });
    }

    /** The master gives the VIP up. */
    void release(int master) {
        threads.get(master).run(() -> addressing.get(master).removeAddress(links.get(master), vip()));
    }

    /** A planned move, as the design says. */
    void move(int from, int to) {
        take(to);
        release(from);
    }

    /** New connections go elsewhere; the backend may be up or not. */
    void drain(int master) {
        notServing.add(master);
        applyAll();
    }

    void enable(int master) {
        notServing.remove(master);
        applyAll();
    }

    /** The others notice that the master is gone. */
    void declareLost(int master) {
        absent.add(master);
        applyAll();
    }

    private void applyAll() {
        for (int master = 0; master < threads.size(); master++) {
            if (!absent.contains(master)) {
                update(master);
            }
        }
    }

    /** An agent starts: it puts its rules in the place of those that it finds. */
    void install(int master) {
        ClusterView view = view(master);
        Footprint footprint = new Footprint(rules.get(master));
        threads.get(master).run(() -> footprint.install(view, Set.of()));
    }

    /** One master alone learns what has changed, which is how the masters come to disagree for a moment. */
    void update(int master) {
        String commands = Ruleset.update(view(master));
        threads.get(master).run(() -> rules.get(master).run(commands));
    }

    /** What the master's agent sees of its rules. */
    String read(int master) {
        return threads.get(master).call(() -> new Footprint(rules.get(master)).read(view(master)));
    }

    private ClusterView view(int own) {
        List<Seat> seats = new ArrayList<>();
        List<MacAddress> peers = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            Host host = lab.masters().get(i);
            boolean present = !absent.contains(i);
            boolean serving = present && !notServing.contains(i);
            seats.add(new Seat(address(ipv6 ? host.ipv6() : host.ipv4()), Plan.BACKEND_PORT, 100, present, serving));
            if (i != own) {
                peers.add(links.get(i).mac());
            }
        }
        return new ClusterView(peers, false, Map.of(), true, List.of(new KernelFrontend(
                "kube-apiserver", Host.INTERFACE, List.of(vip().address()), Plan.FRONTEND_PORT,
                KernelFrontend.Dispatch.BY_CONNECTION, seats, own, false, false)));
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
