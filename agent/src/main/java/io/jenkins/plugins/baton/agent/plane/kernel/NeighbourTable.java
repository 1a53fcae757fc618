package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.ethernet.AddressProbe;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Neighbour;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.cluster.Node;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The Ethernet addresses of the other nodes, by which the rules know that a frame was dispatched already. The kernel
 * knows them, because agents talk to each other all the time; whom it does not know is asked for. And the interfaces of this
 * node by which it reaches them. One thread.
 */
final class NeighbourTable implements HostNeighbours {
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(60);

    private final Rtnetlink rtnetlink;
    private final Map<String, MacAddress> macs = new HashMap<>();
    private Map<String, Integer> interfaces = Map.of();

    /**
     * What is known at one moment.
     *
     * @param macs by the name of the node; an address that is not heard of any more is kept until there is another
     * @param interfaces the indices of this node's interfaces that the virtual routers name and that are there
     */
    record Snapshot(Map<String, MacAddress> macs, Map<String, Integer> interfaces) {}

    private NeighbourTable(Rtnetlink rtnetlink) {
        this.rtnetlink = rtnetlink;
    }

    static NeighbourTable open() throws LinuxException {
        return new NeighbourTable(Rtnetlink.open());
    }

    @Override
    public Snapshot snapshot() {
        return new Snapshot(Map.copyOf(macs), interfaces);
    }

    @Override
    public boolean knows(String node) {
        return macs.containsKey(node);
    }

    @Override
    public void look(DesiredState desired) throws LinuxException {
        Map<InetAddress, MacAddress> known = new HashMap<>();
        List<Link> links = links(desired);
        interfaces = links.stream().collect(Collectors.toMap(Link::name, Link::index));
        for (Link link : links) {
            for (Neighbour neighbour : rtnetlink.neighbours(link)) {
                known.put(neighbour.address(), neighbour.mac());
            }
        }
        learn(desired, known);
    }

    @Override
    public void ask(DesiredState desired) throws LinuxException {
        List<InetAddress> unknown = new ArrayList<>();
        for (Node node : desired.others()) {
            if (!macs.containsKey(node.name())) {
                unknown.add(node.address());
            }
        }
        for (Link link : links(desired)) {
            if (!unknown.isEmpty() && link.isRunning()) {
                learn(desired, AddressProbe.users(unknown, link, ANSWER_TIMEOUT));
            }
        }
    }

    private void learn(DesiredState desired, Map<InetAddress, MacAddress> known) {
        for (Node node : desired.others()) {
            addresses(desired, node).stream()
                    .map(known::get)
                    .filter(mac -> mac != null)
                    .findFirst()
                    .ifPresent(mac -> macs.put(node.name(), mac));
        }
    }

    /** All that the cluster file says of where a node is. */
    private static List<InetAddress> addresses(DesiredState desired, Node node) {
        List<InetAddress> addresses = new ArrayList<>(List.of(node.address()));
        node.linkLocal().ifPresent(addresses::add);
        desired.dispatched().stream()
                .flatMap(frontend -> frontend.configuration().backends().stream())
                .filter(backend -> backend.name().equals(node.name()))
                .forEach(backend -> addresses.add(backend.endpoint().address()));
        return addresses;
    }

    private List<Link> links(DesiredState desired) throws LinuxException {
        Set<String> names = new HashSet<>();
        desired.cluster().virtualRouters().forEach(router -> names.add(router.interfaceOn(desired.self())));
        List<Link> links = new ArrayList<>();
        for (String name : names) {
            Optional<Link> link = rtnetlink.link(name);
            link.ifPresent(links::add);
        }
        return links;
    }

    @Override
    public void close() {
        rtnetlink.close();
    }
}
