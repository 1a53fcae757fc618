package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Haproxy;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the guides set up: keepalived and haproxy. It is keepalived that fails; haproxy runs all the time. */
public final class KeepalivedStack implements Stack {
    private final String name;
    private final Keepalived configuration;
    private final Haproxy balancer;
    private final Map<Host, Daemon> keepalived = new HashMap<>();
    private final Map<Host, Daemon> haproxy = new HashMap<>();
    private List<Host> nodes = List.of();

    /** @param name in words, for a table */
    public KeepalivedStack(String name, Keepalived configuration, Haproxy balancer) {
        this.name = name;
        this.configuration = configuration;
        this.balancer = balancer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String process() {
        return "keepalived";
    }

    @Override
    public int frontends() {
        return balancer.frontends();
    }

    @Override
    public void configure(List<Host> all) {
        nodes = List.copyOf(all);
    }

    @Override
    public void start(Host host) {
        haproxy.computeIfAbsent(host, h -> balancer.start(h, nodes));
        keepalived.put(host, configuration.start(host, 110 - 10 * nodes.indexOf(host)));
    }

    @Override
    public boolean isReady(Host host) {
        return keepalived.get(host).isAlive();
    }

    @Override
    public Daemon daemon(Host host) {
        return keepalived.get(host);
    }

    @Override
    public List<Daemon> daemons(Host host) {
        return List.of(keepalived.get(host), haproxy.get(host));
    }

    /** It knows no order to move: it is stopped, and on the way back started, as the guides do it. */
    @Override
    public void handOver(Host from, Host to) {
        if (daemon(to).isAlive()) {
            daemon(from).stop();
        } else {
            start(to);
        }
    }
}
