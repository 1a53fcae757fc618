package io.jenkins.plugins.baton.lab.fault;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Baton: one agent on each node. */
public final class BatonStack implements Stack {
    private final String name;
    private final Agent agent;
    private final Path clusterFile;
    private final Map<Host, Daemon> running = new HashMap<>();

    public BatonStack(Agent agent, Path clusterFile) {
        this("Baton", agent, clusterFile);
    }

    /** @param name in words, for a table */
    public BatonStack(String name, Agent agent, Path clusterFile) {
        this.name = name;
        this.agent = agent;
        this.clusterFile = clusterFile;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String process() {
        return "agent";
    }

    @Override
    public void start(Host host) {
        running.put(host, agent.start(host, clusterFile));
    }

    @Override
    public List<Daemon> daemons(Host host) {
        return List.of(running.get(host));
    }

    @Override
    public void kill(Host host) {
        running.get(host).kill();
    }

    @Override
    public void stop(Host host) {
        running.get(host).stop();
    }

    @Override
    public void handOver(Host from, Host to) {
        agent.run(from, "handover", "--to", to.name()).orThrow();
    }

    @Override
    public void freeze(Host host) {
        running.get(host).freeze();
    }

    @Override
    public void thaw(Host host) {
        running.get(host).thaw();
    }
}
