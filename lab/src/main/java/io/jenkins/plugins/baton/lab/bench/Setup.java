package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.bench.load.Candidates;
import io.jenkins.plugins.baton.lab.fault.BatonStack;
import io.jenkins.plugins.baton.lab.fault.KeepalivedStack;
import io.jenkins.plugins.baton.lab.fault.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What keeps a VIP in the failover measurements.
 *
 * @param name column of the tables
 * @param on sets it up on the nodes of a lab
 * @param settled waits, once it runs, until it does what it is measured for
 */
record Setup(String name, Function<Lab, Stack> on, Consumer<Lab> settled) {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(30);

    static final String KERNEL = Candidates.KERNEL;
    static final String PROXY = Candidates.PROXY;
    static final String FAST = "keepalived + haproxy, adverts every 100 ms";
    static final String DEFAULT = "keepalived + haproxy, every 1 s";

    static Setup kernel(Agent agent) {
        return baton(KERNEL, agent, "kernel", "100ms");
    }

    static Setup proxy(Agent agent) {
        return baton(PROXY, agent, "proxy", "100ms");
    }

    static Setup baton(String name, Agent agent, String plane, String interval) {
        return new Setup(
                name,
                lab -> new BatonStack(name, agent, file(lab, plane, interval)),
                lab -> lab.nodes().forEach(host -> awaitPlane(agent, host, plane)));
    }

    /** The kernel plane waits for the other nodes to say that they have it too. */
    private static void awaitPlane(Agent agent, Host host, String plane) {
        Await.until(
                host + " serves by the " + plane + " plane",
                AWAIT_TIMEOUT,
                () -> agent.run(host, "status", "--json")
                        .output()
                        .replace(" ", "")
                        .contains("\"plane\":\"" + plane + "\""));
    }

    static Setup keepalived(String name, String seconds) {
        return new Setup(
                name, lab -> new KeepalivedStack(Keepalived.configuration().interval(seconds), lab.nodes()), lab -> {});
    }

    /** Everything else has its default. */
    private static Path file(Lab lab, String plane, String interval) {
        List<Host> hosts = lab.nodes();
        String nodes = IntStream.range(0, hosts.size())
                .mapToObj(i -> "  - {name: %s, address: %s, priority: %d}%n"
                        .formatted(hosts.get(i), hosts.get(i).ipv4(), 110 - 10 * i))
                .collect(Collectors.joining());
        String text = """
                nodes:
                %svirtualRouters:
                  - {name: bench, virtualRouterId: 51, interface: eth0, addresses: [%s/32], advertisementInterval: %s}
                frontends:
                  - {name: bench, bind: "%s:%d", plane: %s, check: {type: https, path: /readyz}, backends: {port: %d}}
                """.formatted(
                        nodes,
                        AddressPlan.VIP,
                        interval,
                        AddressPlan.VIP,
                        AddressPlan.FRONTEND_PORT,
                        plane,
                        AddressPlan.BACKEND_PORT);
        try {
            return Files.writeString(lab.directory().resolve("cluster.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
