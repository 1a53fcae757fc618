package io.jenkins.plugins.baton.lab.bench.idle;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Haproxy;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.VipWatch;
import io.jenkins.plugins.baton.lab.fault.BatonStack;
import io.jenkins.plugins.baton.lab.fault.KeepalivedStack;
import io.jenkins.plugins.baton.lab.fault.Stack;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A cluster in a lab of its own that serves nobody: it sends adverts each 100 ms and checks its backends each 2 s. */
final class IdleCluster implements AutoCloseable {
    static final String BATON = "Baton";
    static final String REFERENCE = "haproxy + keepalived";

    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final int BACKENDS = 3;

    private final String name;
    private final Lab lab;
    private final Stack stack;
    private final VipWatch vip;

    private IdleCluster(String name, ClusterSize size, Function<Lab, Stack> stack) {
        this.name = name;
        this.lab = Lab.withNodes(size.nodes());
        try {
            backends(lab).forEach(host -> Backend.start(host, size.frontends()));
            this.stack = stack.apply(lab);
            this.vip = VipWatch.start(AddressPlan.VIP, lab.nodes());
            lab.nodes().forEach(this.stack::start);
            Await.until(
                    holder() + " alone holds the VIP",
                    AWAIT_TIMEOUT,
                    () -> vip.holders().equals(List.of(holder())));
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    /** Every node serves all frontends by the kernel plane when this returns. */
    static IdleCluster baton(Agent agent, ClusterSize size) {
        IdleCluster cluster = new IdleCluster(
                BATON,
                size,
                lab -> new BatonStack(
                        agent,
                        lab.client()
                                .write(
                                        "cluster.yaml",
                                        IdleConfiguration.text(lab.nodes(), backends(lab), size.frontends()))));
        for (Host node : cluster.lab.nodes()) {
            Await.until(
                    node + " serves by the kernel plane",
                    AWAIT_TIMEOUT,
                    () -> kernelPlanes(agent, node) == size.frontends());
        }
        return cluster;
    }

    static IdleCluster reference(ClusterSize size) {
        return new IdleCluster(
                REFERENCE,
                size,
                lab -> new KeepalivedStack(
                        Keepalived.configuration().interval("0.1"),
                        lab.nodes(),
                        host -> Haproxy.verifying(host, backends(lab), size.frontends())));
    }

    String name() {
        return name;
    }

    /** The node that has the VIP. */
    Host holder() {
        return lab.nodes().get(0);
    }

    Host backup() {
        return lab.nodes().get(1);
    }

    List<Daemon> daemons(Host node) {
        return stack.daemons(node);
    }

    /** @throws LabException when it was not idle: the VIP has moved */
    void requireUndisturbed() {
        if (vip.history().size() != 1) {
            throw new LabException("the VIP of the idle cluster of " + name + " has moved: " + vip.history());
        }
    }

    @Override
    public void close() {
        vip.close();
        lab.close();
    }

    private static List<Host> backends(Lab lab) {
        return lab.nodes().subList(0, BACKENDS);
    }

    private static int kernelPlanes(Agent agent, Host node) {
        return agent.isReady(node)
                ? agent.ask(node, "status json").replace(" ", "").split("\"plane\":\"kernel\"", -1).length - 1
                : 0;
    }
}
