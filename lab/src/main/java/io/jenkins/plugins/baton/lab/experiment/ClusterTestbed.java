package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.Testbed;
import io.jenkins.plugins.baton.lab.VipWatch;
import io.jenkins.plugins.baton.lab.probe.Client;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes with a backend each, what keeps a VIP on them, and a host for clients. m1 has the highest priority, so that it holds
 * the VIP when all is well.
 */
public class ClusterTestbed implements Testbed {
    public static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    public static final Duration CONNECT_INTERVAL = Duration.ofMillis(5);

    private static final Duration QUIET_TIME = Duration.ofSeconds(1);
    private static final Duration CLIENT_LIMIT = Duration.ofMinutes(10);

    private final Lab lab;
    private final Stack stack;
    private final Map<Host, Backend> backends = new LinkedHashMap<>();
    private final VipWatch vip;

    /** Builds what is below the stack; nothing of the stack runs before {@link #start}. */
    public ClusterTestbed(int nodes, Stack stack) {
        this.lab = Lab.withNodes(nodes);
        this.stack = stack;
        nodes().forEach(node -> backends.put(node, Backend.start(node, stack.frontends())));
        this.vip = VipWatch.start(stack.vip(), nodes());
        stack.configure(nodes());
    }

    /** All is well when this returns. */
    public static ClusterTestbed running(int nodes, Stack stack) {
        ClusterTestbed testbed = new ClusterTestbed(nodes, stack);
        testbed.startAll();
        return testbed;
    }

    /**
     * Starts the stack on all nodes at once, and waits until all is well.
     *
     * @throws LabException with all logs when it does not become so; nothing is left then
     */
    protected final void startAll() {
        try {
            start();
            awaitServing();
        } catch (LabException e) {
            String told = logs();
            close();
            throw new LabException(e.getMessage() + "\n" + told, e);
        }
    }

    /** Starts the stack on all nodes at once; returns how long it took until m1 alone held the VIP. */
    public Duration start() {
        nodes().forEach(stack::start);
        return awaitHome();
    }

    /** Waits until each node serves clients in the way that is meant. */
    public void awaitServing() {
        for (Host node : nodes()) {
            Await.until(node + " serves clients by " + stack.name(), AWAIT_TIMEOUT, () -> stack.serves(node));
        }
    }

    public Lab lab() {
        return lab;
    }

    public Stack stack() {
        return stack;
    }

    public VipWatch vip() {
        return vip;
    }

    public List<Host> nodes() {
        return lab.nodes();
    }

    /** The node that holds the VIP when all is well. */
    public Host home() {
        return nodes().get(0);
    }

    /** The node of the next lower priority; the first one after the last. */
    public Host after(Host node) {
        return nodes().get((nodes().indexOf(node) + 1) % nodes().size());
    }

    public Backend backend(Host node) {
        return backends.get(node);
    }

    /** Starts what keeps the VIP on a node again. */
    public void start(Host node) {
        stack.start(node);
        Await.until("the " + stack.process() + " on " + node + " answers", AWAIT_TIMEOUT, () -> stack.isReady(node));
    }

    public void kill(Host node) {
        stack.daemon(node).kill();
    }

    /** SIGTERM: another node takes the VIP, and an agent waits for its sessions. */
    public void beginStop(Host node) {
        stack.daemon(node).terminate();
        if (vip.holders().contains(node)) {
            awaitHolderOtherThan(node);
        }
    }

    /** SIGTERM once more: it waits no longer. */
    public void endStop(Host node) {
        stack.daemon(node).stop();
    }

    public void awaitHolderOtherThan(Host node) {
        Await.until(
                "another node than " + node + " alone holds the VIP",
                AWAIT_TIMEOUT,
                () -> vip.holder().filter(holder -> holder != node).isPresent());
    }

    /** A planned move of the VIP; returns when it is over. */
    public void handOver(Host from, Host to) {
        stack.handOver(from, to);
        awaitHolder(to);
    }

    public Duration awaitHolder(Host node) {
        return Await.until(
                node + " alone holds the VIP",
                AWAIT_TIMEOUT,
                () -> vip.holders().equals(List.of(node)));
    }

    /** Whether m1 alone holds the VIP. */
    public boolean isHome() {
        return vip.holders().equals(List.of(home()));
    }

    public Duration awaitHome() {
        return awaitHolder(home());
    }

    /**
     * A client of the VIP with a new connection every 5 ms; it is served when this returns.
     *
     * @param sessions how many long-lived connections it has besides
     */
    public Client client(int sessions) {
        return client(CONNECT_INTERVAL, sessions);
    }

    /** @param interval between two new connections */
    public Client client(Duration interval, int sessions) {
        Client client =
                Client.start(lab.client(), stack.vip(), AddressPlan.FRONTEND_PORT, interval, sessions, CLIENT_LIMIT);
        awaitQuiet(client);
        return client;
    }

    /** Waits until a client has been served for a second without a failure. */
    public static void awaitQuiet(Client client) {
        client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
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
