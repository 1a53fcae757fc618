package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.ClusterText;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Streams;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The testbed of what only Baton can do: three nodes with an agent each, which can be asked. */
public final class AgentTestbed extends ClusterTestbed {
    private static final int NODES = 3;
    private static final int SESSIONS = 100;

    private final BatonStack agents;
    private final Variant variant;

    /** All is well when this returns. */
    public AgentTestbed(Agent agent, Variant variant) {
        this(BatonStack.ofText("Baton", agent, variant, 1, variant::clusterFile), variant, node -> {});
    }

    private AgentTestbed(BatonStack agents, Variant variant, Consumer<Host> servers) {
        super(NODES, agents);
        this.agents = agents;
        this.variant = variant;
        nodes().forEach(servers);
        startAll();
    }

    /**
     * With other servers than the usual ones; all is well when this returns.
     *
     * @param variant what the file says of plane and family
     * @param clusterFile for the nodes
     * @param servers starts those of a node
     */
    public static AgentTestbed withServers(
            Agent agent, Variant variant, Function<List<Host>, ClusterText> clusterFile, Consumer<Host> servers) {
        return new AgentTestbed(BatonStack.ofText("Baton", agent, variant, 1, clusterFile), variant, servers);
    }

    /** Replaces a node's agent by that of another distribution, as a deployment does; the others keep the VIP meanwhile. */
    public void upgrade(Host node, Agent to) {
        agents.install(node, to);
        beginStop(node);
        endStop(node);
        start(node);
    }

    public Variant variant() {
        return variant;
    }

    /** See {@link Agent#ask}. */
    public String ask(Host node, String question) {
        return agents.ask(node, question);
    }

    /** The first text of this key in a node's status; empty where it has none. */
    public Optional<String> status(Host node, String key) {
        Matcher texts = Pattern.compile("\"" + key + "\"\\s*:\\s*\"([^\"]*)\"").matcher(ask(node, "status json"));
        return texts.results().map(text -> text.group(1)).findFirst();
    }

    public void askAll(String question) {
        nodes().forEach(node -> ask(node, question));
    }

    /** A hundred sessions, and a new connection every 5 ms; it is served when this returns. */
    public Client client() {
        return client(SESSIONS);
    }

    public Streams streams(int count, String path, String http) {
        return Streams.start(lab().client(), count, variant.url(path), http);
    }

    /** Makes all well again, whatever an experiment left. */
    public void recover() {
        for (Host node : nodes()) {
            lab().lan().portUp(node);
            lab().lan().rejoin(node);
            if (!agents.daemon(node).isAlive()) {
                start(node);
            }
        }
        askAll("enable " + home());
        awaitHome();
    }
}
