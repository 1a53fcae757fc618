package io.jenkins.plugins.baton.lab.fault;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.VipWatch;
import io.jenkins.plugins.baton.lab.probe.Client;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Three nodes with a backend each, what keeps the VIP on them, and a client: m1 has the highest priority, so the
 * steady state is always the same.
 */
public final class FaultTestbed implements AutoCloseable {
    public static final int SESSIONS = 20;

    private static final Duration CONNECT_INTERVAL = Duration.ofMillis(5);
    private static final Duration CLIENT_LIMIT = Duration.ofMinutes(10);
    private static final Duration QUIET_TIME = Duration.ofSeconds(1);
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    private final Lab lab;
    private final Map<Host, Backend> backends = new LinkedHashMap<>();
    private final VipWatch vip;
    private final Stack stack;
    private Client client;

    /** Builds what is below the stack; nothing of the stack runs yet. */
    public FaultTestbed(Lab lab, Stack stack) {
        this.lab = lab;
        this.stack = stack;
        lab.nodes().forEach(node -> backends.put(node, Backend.start(node)));
        this.vip = VipWatch.start(AddressPlan.VIP, lab.nodes());
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

    /** The client, once {@link #startClient} was called. */
    public Client client() {
        return client;
    }

    /** Time between two new connections of the client. */
    public Duration connectInterval() {
        return CONNECT_INTERVAL;
    }

    public List<Host> nodes() {
        return lab.nodes();
    }

    Backend backend(Host host) {
        return backends.get(host);
    }

    /** Starts the stack on all nodes at once; returns how long it took until m1 alone held the VIP. */
    public Duration startStack() {
        nodes().forEach(stack::start);
        return awaitHome();
    }

    /** Starts the client through the VIP; it is served when this returns. */
    public void startClient() {
        startClient(SESSIONS);
    }

    /** @param sessions how many long-lived connections it has beside its new ones */
    public void startClient(int sessions) {
        client = Client.start(
                lab.client(), AddressPlan.VIP, AddressPlan.FRONTEND_PORT, CONNECT_INTERVAL, sessions, CLIENT_LIMIT);
        client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
    }

    private Duration awaitHome() {
        Host home = nodes().get(0);
        return Await.until(
                home + " alone holds " + AddressPlan.VIP,
                AWAIT_TIMEOUT,
                () -> vip.holder().equals(Optional.of(home)));
    }

    /** Waits until m1 alone holds the VIP and the client is served. */
    void awaitSteady() {
        awaitHome();
        client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
    }

    /** Injects a fault; {@link Incident#observe} watches what comes of it. */
    public Incident begin(Fault fault) {
        Host victim = fault.movesVip() ? nodes().get(0) : nodes().get(1);
        return new Incident(this, fault, victim);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        vip.close();
    }
}
