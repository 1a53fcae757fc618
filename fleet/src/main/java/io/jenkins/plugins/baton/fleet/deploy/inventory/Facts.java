package io.jenkins.plugins.baton.fleet.deploy.inventory;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.fleet.nodes.NodeClock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was found on a node, as {@code facts.sh} says it: each key has the values in the order they came.
 *
 * @param clockOffsetMillis the node's clock minus ours, taken in the middle of the round trip
 * @param clockErrorMillis half the round trip: how wrong the offset can be
 */
public record Facts(Map<String, List<String>> values, double clockOffsetMillis, double clockErrorMillis) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** @param listen how long to listen for other groups' advertisements; zero: not at all */
    public static Facts of(NodeConnection connection, Cluster cluster, Duration listen) throws SshException {
        Node node = connection.node();
        String interfaces = words(cluster.virtualRouters().stream().map(router -> router.interfaceOn(node)));
        String addresses = words(cluster.virtualRouters().stream()
                .flatMap(router -> router.addresses().stream()
                        .map(address -> router.interfaceOn(node) + "/"
                                + address.address().getHostAddress())));
        String ports = words(ports(cluster, node).mapToObj(String::valueOf));
        String output = connection.require(
                "look around",
                Script.of(
                                Facts.class,
                                "facts.sh",
                                List.of(interfaces, addresses, ports, String.valueOf(listen.toSeconds())))
                        .within(LIMIT));
        return parse(output, 0, 0).withClock(connection);
    }

    /** Those that the agent of a node listens on; one that the node's own server has is no obstacle. */
    static IntStream ports(Cluster cluster, Node node) {
        IntStream.Builder ports = IntStream.builder();
        cluster.frontends().stream()
                .filter(frontend -> !frontend.leavesPortToServerOf(node))
                .forEach(frontend -> ports.add(frontend.bind().port()));
        cluster.peerLink().ifPresent(peerLink -> ports.add(peerLink.port()));
        ports.add(cluster.management().jmxPort());
        return ports.build();
    }

    private static String words(Stream<String> words) {
        return words.distinct().collect(Collectors.joining(" "));
    }

    public static Facts parse(String output, double clockOffsetMillis, double clockErrorMillis) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        output.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                        .add(line.substring(equals + 1).strip());
            }
        });
        return new Facts(values, clockOffsetMillis, clockErrorMillis);
    }

    private Facts withClock(NodeConnection connection) throws SshException {
        NodeClock clock = NodeClock.of(connection);
        return new Facts(values, clock.offsetMillis(), clock.errorMillis());
    }

    public List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** The only value of a key; empty when there is none. */
    public String one(String key) {
        List<String> found = all(key);
        return found.isEmpty() ? "" : found.get(0);
    }

    public boolean has(String key, String value) {
        return all(key).contains(value);
    }

    /** Whether the node has it on an interface. ip(8) shortens what it prints of IPv6, as in {@code fd00::1}; Java does not. */
    public boolean hasAddress(InetAddress address) {
        return all("address").stream()
                .flatMap(text -> IpLiteral.parse(text).stream())
                .anyMatch(address::equals);
    }
}
