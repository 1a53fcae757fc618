package io.jenkins.plugins.baton.agent.router.segment;

import io.jenkins.plugins.baton.agent.linux.ethernet.NeighbourProbe;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The watch over the other hosts, whose questions go to a simulated network. */
public final class SimulatedHosts {
    private final Queue<NeighbourProbe.Answer> answers = new ArrayDeque<>();
    private final Hosts hosts;

    /**
     * @param network is asked for the host that has an address
     * @param listener as for {@link Hosts}
     */
    public SimulatedHosts(Consumer<InetAddress> network, BiConsumer<String, Boolean> listener) {
        hosts = new Hosts((link, ipv6) -> new Probe(network), listener);
    }

    public Hosts hosts() {
        return hosts;
    }

    public void answered(InetAddress address, MacAddress mac) {
        answers.add(new NeighbourProbe.Answer(address, mac));
    }

    public void linkIs(Link link, long now) {
        try {
            hosts.linkIs(link, now);
        } catch (LinuxException e) {
            throw new AssertionError("nothing is opened", e);
        }
    }

    private final class Probe implements HostProbe {
        private final Consumer<InetAddress> network;

        Probe(Consumer<InetAddress> network) {
            this.network = network;
        }

        @Override
        public boolean isReady() {
            return !answers.isEmpty();
        }

        @Override
        public void ask(InetAddress own, InetAddress host, MacAddress mac) {
            network.accept(host);
        }

        @Override
        public Optional<NeighbourProbe.Answer> receive() {
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public void close() {
            answers.clear();
        }
    }
}
