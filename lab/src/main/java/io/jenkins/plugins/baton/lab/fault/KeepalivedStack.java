package io.jenkins.plugins.baton.lab.fault;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Haproxy;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the guides set up: keepalived and haproxy. It is keepalived that fails; haproxy runs all the time. */
public final class KeepalivedStack implements Stack {
    private final Keepalived configuration;
    private final List<Host> nodes;
    private final Function<Host, Daemon> balancer;
    private final Map<Host, Daemon> keepalived = new HashMap<>();
    private final Map<Host, Daemon> haproxy = new HashMap<>();

    /** @param nodes in falling order of priority */
    public KeepalivedStack(Keepalived configuration, List<Host> nodes) {
        this(configuration, nodes, host -> Haproxy.start(host, nodes));
    }

    /** @param balancer starts haproxy on a node */
    public KeepalivedStack(Keepalived configuration, List<Host> nodes, Function<Host, Daemon> balancer) {
        this.configuration = configuration;
        this.nodes = List.copyOf(nodes);
        this.balancer = balancer;
    }

    @Override
    public String name() {
        return "keepalived + haproxy, adverts every " + configuration.interval() + " s";
    }

    @Override
    public String process() {
        return "keepalived";
    }

    @Override
    public void start(Host host) {
        haproxy.computeIfAbsent(host, balancer);
        keepalived.put(host, configuration.start(host, 110 - 10 * nodes.indexOf(host)));
    }

    @Override
    public List<Daemon> daemons(Host host) {
        return List.of(keepalived.get(host), haproxy.get(host));
    }

    @Override
    public void kill(Host host) {
        keepalived.get(host).kill();
    }

    @Override
    public void stop(Host host) {
        keepalived.get(host).stop();
    }

    /** It knows no order to move: it is stopped, and on the way back started, as the guides do it. */
    @Override
    public void handOver(Host from, Host to) {
        if (keepalived.get(to).isAlive()) {
            stop(from);
        } else {
            start(to);
        }
    }

    @Override
    public void freeze(Host host) {
        keepalived.get(host).freeze();
    }

    @Override
    public void thaw(Host host) {
        keepalived.get(host).thaw();
    }
}
