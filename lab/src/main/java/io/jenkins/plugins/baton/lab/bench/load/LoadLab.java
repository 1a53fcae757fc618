package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.LabException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clients, balancers and backends on one switch. Each balancer has a host of its own and all have the same backends; the
 * kernel plane, whose backends are its nodes, has three of its own of the same kind.
 */
final class LoadLab implements AutoCloseable {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(30);
    private static final int FIRST_CLIENT = 60;

    /** The hooks that kube-proxy has on every node, and a rule about the state of connections, as firewalls have it. */
    private static final String TRACKING = """
            table ip kube {
              chain prerouting { type nat hook prerouting priority -100; }
              chain output { type nat hook output priority -100; }
              chain postrouting { type nat hook postrouting priority 100; }
              chain input { type filter hook input priority 0; ct state established,related accept; }
            }
            """;

    private final Lab lab = Lab.open();
    private final Agent agent;
    private final List<Candidate> candidates = new ArrayList<>();
    private double haproxyStartMillis;
    private double agentStartMillis;

    private LoadLab(Agent agent) {
        this.agent = agent;
    }

    static LoadLab open(Agent agent) {
        LoadLab load = new LoadLab(agent);
        try {
            load.build();
            return load;
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /** From exec until it serves. */
    double haproxyStartMillis() {
        return haproxyStartMillis;
    }

    double agentStartMillis() {
        return agentStartMillis;
    }

    @Override
    public void close() {
        lab.close();
    }

    private void build() {
        List<Host> backends = hosts("b", 20);
        backends.forEach(WebServer::start);
        Host h1 = host("haproxy", 10);
        long begin = System.nanoTime();
        Daemon haproxy = haproxy(h1, backends, "");
        haproxyStartMillis = (System.nanoTime() - begin) / 1e6;
        add(Candidates.HAPROXY, h1.ipv4(), Balancers.WEB_PORT, List.of(haproxy));

        Host h2 = host("haproxybig", 11);
        add(
                Candidates.HAPROXY_BIG,
                h2.ipv4(),
                Balancers.WEB_PORT,
                List.of(haproxy(h2, backends, "tune.bufsize 131072")));

        Host h3 = host("baton", 12);
        begin = System.nanoTime();
        Daemon proxy = agent(h3, h3.write("cluster.yaml", Balancers.proxyPlane(h3, backends)));
        agentStartMillis = (System.nanoTime() - begin) / 1e6;
        add(Candidates.PROXY, h3.ipv4(), Balancers.WEB_PORT, List.of(proxy));

        try {
            kernelPlane();
        } catch (LabException e) {
            System.err.println("  " + Candidates.KERNEL + " is left out: " + e.getMessage());
        }
        add(Candidates.STRAIGHT, backends.get(1).ipv4(), WebServer.WEB_PORT, List.of());
        Host tracked = host("tracked", 23);
        WebServer.start(tracked);
        tracked.run("nft", TRACKING).orThrow();
        add(Candidates.TRACKED, tracked.ipv4(), WebServer.WEB_PORT, List.of());
    }

    private void kernelPlane() {
        List<Host> nodes = hosts("m", 30);
        nodes.forEach(WebServer::start);
        String file = Balancers.kernelPlane(nodes, AddressPlan.VIP).toString();
        List<Daemon> agents =
                nodes.stream().map(m -> agent(m, m.write("cluster.yaml", file))).toList();
        Await.until("m1 holds the VIP", AWAIT_TIMEOUT, () -> nodes.get(0).holds(AddressPlan.VIP));
        for (Host node : nodes) {
            Await.until(
                    node + " serves both frontends by the kernel plane",
                    AWAIT_TIMEOUT,
                    () -> agent.run(node, "status", "--json").output().split("\"plane\": ?\"kernel\"", -1).length > 3);
        }
        add(Candidates.KERNEL, AddressPlan.VIP, Balancers.WEB_PORT, agents);
    }

    private void add(String name, String address, int webPort, List<Daemon> daemons) {
        Host client = host("client" + candidates.size(), FIRST_CLIENT + candidates.size());
        candidates.add(new Candidate(name, client, address, webPort, daemons));
    }

    private Daemon haproxy(Host host, List<Host> backends, String global) {
        String file =
                host.write("haproxy.cfg", Balancers.haproxy(backends, global)).toString();
        Daemon daemon = host.start("haproxy", List.of("haproxy", "-db", "-f", file), Map.of());
        Listening.await(daemon, Balancers.WEB_PORT);
        return daemon;
    }

    private Daemon agent(Host host, Path clusterFile) {
        Daemon daemon = agent.start(host, clusterFile);
        while (!daemon.log().contains("ready after")) {
            Await.pause(Duration.ofMillis(2));
            if (!daemon.isAlive()) {
                throw new LabException("the agent on " + host + " ended: " + daemon.log());
            }
        }
        return daemon;
    }

    private List<Host> hosts(String prefix, int number) {
        return List.of(host(prefix + 1, number), host(prefix + 2, number + 1), host(prefix + 3, number + 2));
    }

    private Host host(String name, int number) {
        Host host = lab.addHost(name, number);
        host.run("sysctl", "-qw", "net.core.somaxconn=8192").orThrow();
        return host;
    }
}
