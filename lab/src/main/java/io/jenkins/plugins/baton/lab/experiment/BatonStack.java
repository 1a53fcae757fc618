package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.ClusterText;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Baton: one agent on each node. */
public final class BatonStack implements Stack {
    private final String name;
    private final Agent agent;
    private final Variant variant;
    private final int frontends;
    private final Function<List<Host>, Path> configuration;
    private final Map<Host, Daemon> agents = new HashMap<>();
    /** Where a host has another distribution than the rest. */
    private final Map<Host, Agent> others = new HashMap<>();

    private Path clusterFile;

    private BatonStack(
            String name, Agent agent, Variant variant, int frontends, Function<List<Host>, Path> configuration) {
        this.name = name;
        this.agent = agent;
        this.variant = variant;
        this.frontends = frontends;
        this.configuration = configuration;
    }

    /**
     * With one frontend and a cluster file that is there.
     *
     * @param name in words, for a table
     * @param variant what the file says of plane and family
     */
    public static BatonStack ofFile(String name, Agent agent, Variant variant, Path clusterFile) {
        return new BatonStack(name, agent, variant, 1, nodes -> clusterFile.toAbsolutePath());
    }

    /**
     * With a cluster file that is written when the nodes are known.
     *
     * @param frontends in it
     */
    public static BatonStack ofText(
            String name, Agent agent, Variant variant, int frontends, Function<List<Host>, ClusterText> text) {
        return new BatonStack(
                name,
                agent,
                variant,
                frontends,
                nodes -> nodes.get(0).write("cluster.yaml", text.apply(nodes).toString()));
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
    public String vip() {
        return variant.vip();
    }

    @Override
    public int frontends() {
        return frontends;
    }

    @Override
    public void configure(List<Host> nodes) {
        clusterFile = configuration.apply(nodes);
    }

    @Override
    public void start(Host host) {
        agents.put(host, others.getOrDefault(host, agent).start(host, clusterFile));
    }

    /** From its next start on, a host runs the agent of another distribution. */
    void install(Host host, Agent other) {
        others.put(host, other);
    }

    /** It answers. */
    @Override
    public boolean isReady(Host host) {
        return agent.isReady(host);
    }

    /** The kernel plane begins when the agents know of each other that they can. */
    @Override
    public boolean serves(Host host) {
        return isReady(host) && (variant.plane() == Plane.AUTO || planes(host) == frontends);
    }

    /** How many frontends of a host are served by the plane that they are meant for. */
    private long planes(Host host) {
        String status = ask(host, "status json");
        return Pattern.compile("\"plane\"\\s*:\\s*\"" + variant.plane().word() + "\"")
                .matcher(status.substring(status.indexOf("\"frontends\"")))
                .results()
                .count();
    }

    @Override
    public Daemon daemon(Host host) {
        return agents.get(host);
    }

    @Override
    public List<Daemon> daemons(Host host) {
        return List.of(daemon(host));
    }

    @Override
    public void handOver(Host from, Host to) {
        ask(from, "handover " + to);
    }

    /** See {@link Agent#ask}. */
    public String ask(Host host, String question) {
        return agent.ask(host, question);
    }
}
