package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.Testbed;
import io.jenkins.plugins.baton.lab.VipWatch;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The testbed on which experiments are run: three nodes, each with a backend and an agent. m1 holds the VIP when all is well. */
public final class ClusterTestbed implements Testbed {
    public static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    public static final Duration QUIET_TIME = Duration.ofSeconds(1);
    /** Nothing ends by it: who has seen enough stops the agent a second time. */
    static final Duration DRAIN = Duration.ofMinutes(5);

    private static final int SESSIONS = 100;
    private static final Duration CONNECT_INTERVAL = Duration.ofMillis(5);
    private static final Duration CLIENT_LIMIT = Duration.ofMinutes(10);

    private final Agent agent;
    private final Variant variant;
    private final Lab lab = Lab.withNodes(3);
    private final Map<Host, Backend> backends = new LinkedHashMap<>();
    private final Map<Host, Daemon> agents = new LinkedHashMap<>();
    private final Path clusterFile;
    private final VipWatch vip;

    /** All is well when this returns. */
    public ClusterTestbed(Agent agent, Variant variant) {
        this.agent = agent;
        this.variant = variant;
        nodes().forEach(node -> backends.put(node, Backend.start(node)));
        vip = VipWatch.start(variant.vip(), nodes());
        clusterFile = lab.client().write("cluster.yaml", variant.clusterFile(nodes()));
        try {
            nodes().forEach(this::startAgent);
            awaitHome();
            nodes().forEach(this::awaitPlane);
        } catch (LabException e) {
            String told = logs();
            close();
            throw new LabException(e.getMessage() + "\n" + told, e);
        }
    }

    public Variant variant() {
        return variant;
    }

    public Lab lab() {
        return lab;
    }

    public List<Host> nodes() {
        return lab.nodes();
    }

    /** The node that holds the VIP when all is well. */
    public Host home() {
        return nodes().get(0);
    }

    public Host after(Host node) {
        return nodes().get((nodes().indexOf(node) + 1) % nodes().size());
    }

    public Backend backend(Host node) {
        return backends.get(node);
    }

    public void kill(Host node) {
        agents.get(node).kill();
    }

    public VipWatch vip() {
        return vip;
    }

    public void startAgent(Host node) {
        agents.put(node, agent.start(node, clusterFile));
        Await.until("the agent on " + node + " answers", AWAIT_TIMEOUT, () -> agent.isReady(node));
    }

    /** SIGTERM: another node takes the VIP, and the agent waits for its sessions. */
    public void beginStop(Host node) {
        agents.get(node).terminate();
        if (vip.holders().contains(node)) {
            Await.until(
                    "another node holds the VIP",
                    AWAIT_TIMEOUT,
                    () -> vip.holder().filter(holder -> holder != node).isPresent());
        }
    }

    /** SIGTERM once more: it waits no longer. */
    public void endStop(Host node) {
        agents.get(node).stop();
    }

    public void restart(Host node) {
        beginStop(node);
        endStop(node);
        startAgent(node);
    }

    /** The kernel plane begins when the agents know of each other that they can. */
    private void awaitPlane(Host node) {
        String plane = variant.plane().name().toLowerCase(Locale.ROOT);
        Pattern served = Pattern.compile("\"plane\"\\s*:\\s*\"" + plane + "\"");
        Await.until(
                node + " serves clients by the " + plane + " plane",
                AWAIT_TIMEOUT,
                () -> served.matcher(ask(node, "status json")).find());
    }

    public String ask(Host node, String question) {
        return agent.ask(node, question);
    }

    public void askAll(String question) {
        nodes().forEach(node -> ask(node, question));
    }

    public void awaitHolder(Host node) {
        Await.until(
                node + " alone holds the VIP",
                AWAIT_TIMEOUT,
                () -> vip.holders().equals(List.of(node)));
    }

    public void awaitHome() {
        awaitHolder(home());
    }

    /** A hundred sessions, and a new connection every 5 ms; it is served when this returns. */
    public Client client() {
        return client(CONNECT_INTERVAL, SESSIONS);
    }

    public Client client(Duration interval, int sessions) {
        Client client =
                Client.start(lab.client(), variant.vip(), AddressPlan.FRONTEND_PORT, interval, sessions, CLIENT_LIMIT);
        client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
        return client;
    }

    public Streams streams(int count, String path, String http) {
        return Streams.start(lab.client(), count, variant.url(path), http);
    }

    /** Makes all well again, whatever an experiment left. */
    public void recover() {
        for (Host node : nodes()) {
            lab.lan().portUp(node);
            lab.lan().rejoin(node);
            if (!agents.get(node).isAlive()) {
                startAgent(node);
            }
        }
        askAll("enable " + home());
        awaitHome();
    }

    /** What every program on it wrote, for a failure that has to be explained. */
    @Override
    public String logs() {
        StringBuilder text = new StringBuilder();
        lab.daemons()
                .forEach(daemon ->
                        text.append("--- ").append(daemon.name()).append('\n').append(daemon.log()));
        return text.toString();
    }

    @Override
    public void close() {
        vip.close();
        lab.close();
    }
}
