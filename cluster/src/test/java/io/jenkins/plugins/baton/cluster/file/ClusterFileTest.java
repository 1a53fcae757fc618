package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.baton.cluster.Authentication;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Check;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.FrontendCheck;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Management;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.PeerLink;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Problem;
import io.jenkins.plugins.baton.cluster.Ssh;
import io.jenkins.plugins.baton.cluster.StatusRange;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterFileTest {
    private static final Timing DEFAULT_TIMING =
            new Timing(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(2), 2, 2);

    @Test
    void whatAFileLeavesOutHasADefault() throws Exception {
        Cluster cluster = parse("""
                nodes:
                  - {name: m1, address: 10.0.0.1}
                  - {name: m2, address: 10.0.0.2}
                virtualRouters:
                  - {virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9]}
                frontends:
                  - bind: 10.0.0.9:8443
                checks:
                  - {name: own, address: "127.0.0.1:6443"}
                """);

        assertThat(cluster)
                .isEqualTo(new Cluster(
                        "kubernetes",
                        new Ssh("root", 22, Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
                        List.of(
                                new Node(
                                        "m1",
                                        endpoint("10.0.0.1", 1).address(),
                                        100,
                                        Optional.empty(),
                                        Optional.empty()),
                                new Node(
                                        "m2",
                                        endpoint("10.0.0.2", 1).address(),
                                        90,
                                        Optional.empty(),
                                        Optional.empty())),
                        List.of(new VirtualRouter(
                                "vrrp-51",
                                51,
                                "eth0",
                                Map.of(),
                                List.of(cidr("10.0.0.9", 32)),
                                3,
                                Duration.ofMillis(100),
                                true,
                                Duration.ZERO,
                                Optional.empty(),
                                false,
                                VirtualRouter.Checksum.PSEUDO_HEADER,
                                Duration.ofSeconds(60),
                                List.of())),
                        List.of(new Frontend(
                                "tcp-8443",
                                endpoint("10.0.0.9", 8443),
                                Frontend.Plane.AUTO,
                                Frontend.Balance.ROUNDROBIN,
                                new Frontend.Timeouts(
                                        Duration.ofSeconds(5),
                                        Duration.ofHours(1),
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(10)),
                                Optional.of(new FrontendCheck(new Probe.Tcp(Optional.empty()), DEFAULT_TIMING)),
                                Optional.empty(),
                                Frontend.AccessLog.TEXT,
                                OptionalInt.empty(),
                                List.of(
                                        new Backend("m1", endpoint("10.0.0.1", 6443), 1, false, 0),
                                        new Backend("m2", endpoint("10.0.0.2", 6443), 1, false, 0)))),
                        List.of(new Check(
                                "own",
                                new Probe.Tcp(Optional.of(endpoint("127.0.0.1", 6443))),
                                DEFAULT_TIMING,
                                OptionalInt.empty())),
                        Optional.of(new PeerLink(9011)),
                        Optional.empty(),
                        new Management(9010, List.of(), Optional.empty())));
    }

    @Test
    void everyKeyOfTheFileReachesTheModel() throws Exception {
        Cluster cluster =
                ClusterFile.read(Path.of("src/test/resources/every-key.yaml")).cluster();

        assertThat(cluster)
                .isEqualTo(new Cluster(
                        "prod",
                        new Ssh(
                                "deploy",
                                2222,
                                Optional.of(Path.of("/home/me/.ssh/id")),
                                Optional.of(Path.of("known_hosts")),
                                Optional.of("me@jump.example.com:2022"),
                                List.of("SHA256:" + "A".repeat(43))),
                        List.of(
                                new Node(
                                        "m1",
                                        endpoint("10.0.0.1", 1).address(),
                                        200,
                                        Optional.of("bond0"),
                                        Optional.of((Inet6Address)
                                                endpoint("fe80::1", 1).address())),
                                new Node(
                                        "m2",
                                        endpoint("10.0.0.2", 1).address(),
                                        5,
                                        Optional.empty(),
                                        Optional.empty())),
                        List.of(new VirtualRouter(
                                "old",
                                7,
                                "eth1",
                                Map.of("m2", "ens1"),
                                List.of(cidr("10.0.0.9", 24), cidr("10.0.0.10", 32)),
                                2,
                                Duration.ofSeconds(3),
                                true,
                                Duration.ofSeconds(30),
                                Optional.of(new Authentication("1111")),
                                true,
                                VirtualRouter.Checksum.PSEUDO_HEADER,
                                Duration.ZERO,
                                List.of("web", "program"))),
                        List.of(
                                new Frontend(
                                        "api",
                                        endpoint("0.0.0.0", 8443),
                                        Frontend.Plane.PROXY,
                                        Frontend.Balance.LEASTCONN,
                                        new Frontend.Timeouts(
                                                Duration.ofMillis(1500),
                                                Duration.ofMinutes(10),
                                                Duration.ofSeconds(45),
                                                Duration.ofSeconds(20)),
                                        Optional.of(new FrontendCheck(
                                                new Probe.Http(
                                                        Optional.empty(),
                                                        Optional.of("kubernetes.default"),
                                                        "/readyz?verbose",
                                                        200,
                                                        200,
                                                        Optional.of(new Probe.Tls(
                                                                Optional.of(Path.of("/etc/ca.pem")),
                                                                Optional.of(Path.of("/etc/c.pem")),
                                                                Optional.of(Path.of("/etc/k.pem"))))),
                                                new Timing(
                                                        Duration.ofSeconds(10),
                                                        Duration.ofSeconds(1),
                                                        Duration.ofSeconds(3),
                                                        4,
                                                        5))),
                                        Optional.of(2),
                                        Frontend.AccessLog.JSON,
                                        OptionalInt.of(500),
                                        List.of(
                                                new Backend("m1", endpoint("10.0.0.1", 6443), 1, false, 0),
                                                new Backend("spare", endpoint("10.0.0.77", 6444), 7, true, 100),
                                                new Backend(
                                                        "fd00-0-0-0-0-0-0-1-6445",
                                                        endpoint("fd00::1", 6445),
                                                        1,
                                                        false,
                                                        0))),
                                new Frontend(
                                        "tcp-8444",
                                        endpoint("10.0.0.9", 8444),
                                        Frontend.Plane.AUTO,
                                        Frontend.Balance.SOURCE,
                                        new Frontend.Timeouts(
                                                Duration.ofSeconds(5),
                                                Duration.ofHours(1),
                                                Duration.ofSeconds(30),
                                                Duration.ofSeconds(10)),
                                        Optional.empty(),
                                        Optional.of(1),
                                        Frontend.AccessLog.OFF,
                                        OptionalInt.empty(),
                                        List.of(
                                                new Backend("m1", endpoint("10.0.0.1", 7443), 3, false, 9),
                                                new Backend("m2", endpoint("10.0.0.2", 7443), 3, false, 9)))),
                        List.of(
                                new Check(
                                        "web",
                                        new Probe.Http(
                                                Optional.of(endpoint("127.0.0.1", 80)),
                                                Optional.empty(),
                                                "/",
                                                List.of(new StatusRange(200, 299), new StatusRange(401, 401)),
                                                Optional.empty()),
                                        DEFAULT_TIMING,
                                        OptionalInt.of(20)),
                                new Check(
                                        "program",
                                        new Probe.Script(List.of("/usr/bin/test", "-e", "/run/ok")),
                                        new Timing(
                                                Duration.ofMillis(200),
                                                Duration.ofMillis(200),
                                                Duration.ofMillis(200),
                                                2,
                                                2),
                                        OptionalInt.empty())),
                        Optional.of(new PeerLink(9012)),
                        Optional.of(Path.of("/etc/baton/secret")),
                        new Management(
                                9999,
                                List.of("monitor", "ops@example.com"),
                                Optional.of(Path.of("/run/baton/metrics.prom")))));
    }

    @Test
    void theHashIsThatOfTheBytes() throws Exception {
        byte[] bytes = "nodes: [{name: m1, address: 10.0.0.1}]\n".getBytes(StandardCharsets.UTF_8);
        assertThat(ClusterFile.parse(Path.of("x"), bytes).hash())
                .isEqualTo("c9e1bf085616d8783c62af8d7d71dfbb7ec39961d94182d9fb984f0ab151f232");
    }

    @Test
    void version2AdvertisesEverySecondUnlessToldOtherwise() throws Exception {
        assertThat(parse(router("version: 2, addresses: [10.0.0.9]"))
                        .virtualRouters()
                        .get(0)
                        .advertisementInterval())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void moreThanTenNodesStillHaveDescendingPriorities() throws Exception {
        String nodes = IntStream.rangeClosed(1, 64)
                .mapToObj(i -> "  - {name: m" + i + ", address: 10.0.0." + i + "}")
                .collect(Collectors.joining("\n"));
        assertThat(parse("nodes:\n" + nodes).nodes())
                .extracting(Node::priority)
                .isSortedAccordingTo((a, b) -> b - a)
                .doesNotHaveDuplicates()
                .startsWith(100, 99)
                .endsWith(37);
    }

    @Test
    void aWordThatYamlCouldTakeForSomethingElseIsATextWhereATextIsWanted() throws Exception {
        assertThat(parse("cluster: no\nnodes: [{name: 0100, address: 10.0.0.1}, {name: 1e3, address: 10.0.0.2}]"))
                .satisfies(cluster -> assertThat(cluster.name()).isEqualTo("no"))
                .satisfies(cluster ->
                        assertThat(cluster.nodes()).extracting(Node::name).containsExactly("0100", "1e3"));
    }

    @Test
    void anAdvertHoldsNinetyIpv6Addresses() throws Exception {
        assertThat(parse(ipv6Router(90)).virtualRouters().get(0).addresses()).hasSize(90);
        assertThat(problemsOf(ipv6Router(91))).singleElement().asString().contains("more than the 90");
    }

    @Test
    void aPasswordIsNeverShown() throws Exception {
        String secret = "geheim-and-too-long";
        assertThat(problemsOf(router("version: 2, addresses: [10.0.0.9], authentication: {password: " + secret + "}")))
                .singleElement()
                .asString()
                .doesNotContain("geheim");
    }

    private static String ipv6Router(int addresses) {
        return router(IntStream.range(0, addresses)
                .mapToObj(i -> "\"fd00::" + Integer.toHexString(i + 16) + "\"")
                .collect(Collectors.joining(", ", "addresses: [", "]")));
    }

    private static String router(String keys) {
        return """
                nodes: [{name: m1, address: 10.0.0.1, linkLocal: "fe80::1"}]
                virtualRouters: [{virtualRouterId: 51, interface: eth0, %s}]
                """.formatted(keys);
    }

    private static Cidr cidr(String address, int prefixLength) {
        return new Cidr(IpLiteral.parse(address).orElseThrow(), prefixLength);
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(IpLiteral.parse(address).orElseThrow(), port);
    }

    private static Cluster parse(String yaml) throws ClusterFileException {
        return ClusterFile.parse(Path.of("cluster.yaml"), yaml.getBytes(StandardCharsets.UTF_8))
                .cluster();
    }

    private static List<Problem> problemsOf(String yaml) {
        return catchThrowableOfType(ClusterFileException.class, () -> parse(yaml))
                .problems();
    }
}
