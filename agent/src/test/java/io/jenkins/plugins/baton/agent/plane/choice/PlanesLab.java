package io.jenkins.plugins.baton.agent.plane.choice;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.ethernet.Announcer;
import io.jenkins.plugins.baton.agent.linux.netlink.Lifetime;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.LabException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The data planes of three nodes, with real checks, in this JVM; the test tells them of one another. m1 has the VIPs. */
final class PlanesLab implements AutoCloseable {
    static final int NODES = 3;
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    /** What other software has on a node: kube-proxy's and Calico's ways with packets that they do not know. */
    private static final String NEIGHBOURS = """
            table ip others {
              chain rpfilter {
                type filter hook prerouting priority raw; policy accept;
                fib saddr . iif oif missing drop
              }
              chain input {
                type filter hook input priority filter; policy accept;
                ct state invalid drop
              }
              chain forward {
                type filter hook forward priority filter; policy drop;
                ct state invalid drop
              }
              chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                meta mark & 0x4000 == 0x4000 masquerade
              }
            }
            """;

    private final Lab lab = Lab.withNodes(NODES);
    private final List<NamespaceThread> threads = new ArrayList<>();
    private final List<Backend> backends = new ArrayList<>();
    private final List<HealthMonitor> monitors = new ArrayList<>();
    private final List<Planes> planes = new ArrayList<>();
    private final Cluster cluster;

    PlanesLab() throws Exception {
        cluster = cluster("auto");
        for (Host host : lab.nodes()) {
            backends.add(Backend.start(host));
            host.run("nft", "-f", host.write("others.nft", NEIGHBOURS).toString())
                    .orThrow();
            threads.add(NamespaceThread.in(host.namespace()));
        }
        for (int node = 0; node < NODES; node++) {
            start(node);
        }
        take();
    }

    private Cluster cluster(String plane) throws Exception {
        StringBuilder text = new StringBuilder("nodes:\n");
        StringBuilder backends6 = new StringBuilder();
        for (Host host : lab.nodes()) {
            int priority = 110 - 10 * lab.nodes().indexOf(host);
            text.append("  - {name: %s, address: %s, linkLocal: \"%s\", priority: %d}%n"
                    .formatted(host, host.ipv4(), host.linkLocal(), priority));
            backends6.append("      - {name: %s, address: \"[%s]:%d\"}%n"
                    .formatted(host, host.ipv6(), AddressPlan.BACKEND_PORT));
        }
        text.append("""
                virtualRouters:
                  - {name: four, virtualRouterId: 51, interface: eth0, addresses: [%1$s/32]}
                  - {name: six, virtualRouterId: 52, interface: eth0, addresses: ["%2$s/128"]}
                frontends:
                  - name: api
                    bind: "%1$s:%3$d"
                    check: {type: https, path: /readyz, interval: 500ms, timeout: 400ms}
                    backends: {port: %4$d}
                    plane: %6$s
                  - name: own
                    bind: "%1$s:%4$d"
                    check: {type: https, path: /readyz, interval: 500ms, timeout: 400ms}
                    backends: {port: %4$d}
                  - name: api6
                    bind: "[%2$s]:%3$d"
                    check: {type: https, path: /readyz, interval: 500ms, timeout: 400ms}
                    plane: %6$s
                    backends:
                %5$s""".formatted(
                        AddressPlan.VIP,
                        AddressPlan.VIP6,
                        AddressPlan.FRONTEND_PORT,
                        AddressPlan.BACKEND_PORT,
                        backends6,
                        plane));
        return TestCluster.of(text.toString());
    }

    private void start(int node) {
        threads.get(node).run(() -> {
            HealthMonitor monitor = new HealthMonitor();
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
            Planes started = new Planes(monitor, (backend, change) -> {}, nowhere);
            started.apply(cluster, cluster.nodes().get(node));
            if (planes.size() == node) {
                planes.add(started);
                monitors.add(monitor);
            } else {
                planes.set(node, started);
                monitors.set(node, monitor);
            }
        });
    }

    /** The agent of a node ends, whatever the reason, and starts again. */
    void restart(int node) {
        planes.get(node).close();
        monitors.get(node).close();
        start(node);
    }

    /** Somebody changes the cluster file on a node. */
    void reload(int node, String plane) throws Exception {
        Cluster changed = cluster(plane);
        threads.get(node)
                .run(() -> planes.get(node).apply(changed, changed.nodes().get(node)));
    }

    /** m1 has the addresses, as at first. */
    void take() {
        take(AddressPlan.VIP, 32);
        take(AddressPlan.VIP6, 128);
    }

    private void take(String vip, int prefixLength) {
        threads.get(0).run(() -> {
            try (Announcer announcer = Announcer.open();
                    Rtnetlink rtnetlink = Rtnetlink.open()) {
                Link link = rtnetlink.link(Host.INTERFACE).orElseThrow();
                Cidr address = new Cidr(InetAddress.getByName(vip), prefixLength);
                rtnetlink.replaceAddress(link, address, Lifetime.lease(address, 3600));
                announcer.announce(link, address.address());
            }
        });
    }

    /** Every node hears what the others can do. */
    void meet() {
        for (int node = 0; node < NODES; node++) {
            meet(node);
        }
        for (int node = 0; node < NODES; node++) {
            awaitPlane(node, "kernel");
        }
    }

    private void meet(int node) {
        for (int other = 0; other < NODES; other++) {
            if (other != node) {
                planes.get(node)
                        .peer(name(other), true, planes.get(other).capabilities())
                        .join();
            }
        }
    }

    /** The others hear what a node can do now, as from its agent over the peer link. */
    void tellOthers(int node) {
        for (int other = 0; other < NODES; other++) {
            if (other != node) {
                planes.get(other)
                        .peer(name(node), true, planes.get(node).capabilities())
                        .join();
            }
        }
    }

    /** As at every start: the hosts of the others answer before their agents have said what they can do. */
    void hostsAnswer(int node) {
        for (int other = 0; other < NODES; other++) {
            if (other != node) {
                planes.get(node).peer(name(other), true, "").join();
            }
        }
    }

    /** A node hears that another one's proxy serves the frontends now, as after a reload. */
    void proxyOnly(int node, int other) {
        planes.get(node)
                .peer(name(other), true, "passes-on:api passes-on:api6 passes-on:own")
                .join();
    }

    void resetWeights() {
        planes.forEach(plane -> plane.frontends()
                .forEach(frontend -> frontend.backends()
                        .forEach(backend ->
                                backend.setWeight(backend.configuration().weight()))));
    }

    void awaitPlane(int node, String plane) {
        try {
            Await.until(
                    name(node) + " serves by the " + plane,
                    AWAIT_TIMEOUT,
                    () -> choices(node).stream()
                            .allMatch(choice -> choice.plane().equals(plane)));
        } catch (LabException e) {
            throw new AssertionError(e.getMessage() + "; it says " + choices(node), e);
        }
    }

    private List<PlaneChoice> choices(int node) {
        return planes.get(node).frontends().stream().map(FrontendView::plane).toList();
    }

    void awaitHealth(int backend, Health health) {
        Await.until(
                "all know that " + name(backend) + " is " + health,
                AWAIT_TIMEOUT,
                () -> planes.stream()
                        .flatMap(plane -> plane.frontends().stream())
                        .map(frontend -> frontend.backends().get(backend))
                        .allMatch(view -> view.health() == health));
    }

    /** For a trouble of IPv4 alone. */
    void awaitHealth4(int backend, Health health) {
        Await.until(
                "all know that " + name(backend) + " is " + health,
                AWAIT_TIMEOUT,
                () -> planes.stream()
                        .allMatch(plane ->
                                plane.frontends().get(0).backends().get(backend).health() == health));
    }

    static String name(int node) {
        return "m" + (node + 1);
    }

    Lab lab() {
        return lab;
    }

    Host host(int node) {
        return lab.nodes().get(node);
    }

    NamespaceThread thread(int node) {
        return threads.get(node);
    }

    Backend backend(int node) {
        return backends.get(node);
    }

    Planes planes(int node) {
        return planes.get(node);
    }

    /** The IPv4 frontend as a node sees it. */
    FrontendView frontend(int node) {
        return planes.get(node).frontends().get(0);
    }

    /** A backend of the IPv4 frontend as a node sees it. */
    BackendView backend(int node, int backend) {
        return frontend(node).backends().get(backend);
    }

    @Override
    public void close() {
        planes.forEach(Planes::close);
        monitors.forEach(HealthMonitor::close);
        threads.forEach(NamespaceThread::close);
        lab.close();
    }
}
