package io.jenkins.plugins.baton.agent.plane.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NumberedConnection;
import io.jenkins.plugins.baton.agent.linux.netfilter.Connection;
import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTracking;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the planes of three nodes, and what clients notice of it; beside the rules of others. */
class PlanesIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration QUIET_TIME = Duration.ofSeconds(1);
    private static final int CONNECTS = 300;
    /** More than counters may be old, on a busy machine too. */
    private static final Duration COUNTER_AGE = Duration.ofSeconds(3);

    private static PlanesLab lab;

    @BeforeAll
    static void open() throws Exception {
        lab = new PlanesLab();
        for (int node = 0; node < PlanesLab.NODES; node++) {
            lab.awaitHealth(node, Health.UP);
        }
        lab.meet();
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    /** As after a restart behind a firewall: it lets the port of the backends pass and not that of the proxy. */
    @Test
    void peerThatIsNotHeardGetsNothingNewAndTheKernelGoesOnBesideAClosedPortOfTheProxy() {
        try (Client client = client(AddressPlan.VIP, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            lab.host(0)
                    .run(
                            "nft",
                            "add table ip firewall; add chain ip firewall in { type filter hook input priority 0; };"
                                    + " add rule ip firewall in tcp dport " + AddressPlan.FRONTEND_PORT + " drop")
                    .orThrow();
            long start = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                lab.proxyOnly(0, 1);
                Await.until(
                        "m1 says so",
                        AWAIT_TIMEOUT,
                        () -> lab.frontend(0).plane().reason().contains("m2 has not said"));
                lab.awaitPlane(0, "kernel");
                client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
                lab.meet();
                client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            }

            assertUnharmed(client.since(start));
        } finally {
            lab.host(0).run("nft", "delete table ip firewall").orThrow();
        }
    }

    @Test
    void lastGoodMapStaysWhenTheChecksOfTheHolderFailAllAtOnce() {
        try (Client client = client(AddressPlan.VIP, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            lab.host(0)
                    .run(
                            "nft",
                            "add table ip mute; add chain ip mute out { type filter hook output priority 0; };"
                                    + " add rule ip mute out tcp flags syn tcp dport " + AddressPlan.BACKEND_PORT
                                    + " drop")
                    .orThrow();
            Await.until(
                    "m1 finds no backend ready",
                    AWAIT_TIMEOUT,
                    () -> lab.frontend(0).backends().stream().allMatch(backend -> backend.health() == Health.DOWN));
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            assertThat(lab.frontend(0).plane().plane()).isEqualTo("kernel");
            assertThat(lab.frontend(0).plane().reason()).contains("no backend is ready, and those that were last");

            assertUnharmed(client.since(start));
        } finally {
            lab.host(0).run("nft", "delete table ip mute").orThrow();
            Await.until(
                    "m1 finds all ready",
                    AWAIT_TIMEOUT,
                    () -> lab.frontend(0).backends().stream().allMatch(backend -> backend.health() == Health.UP));
        }
    }

    @Test
    void clientsAreRefusedAtOnceWhenAllBackendsAreGone() {
        for (int backend = 0; backend < PlanesLab.NODES; backend++) {
            lab.backend(backend).stop();
        }
        for (int backend = 0; backend < PlanesLab.NODES; backend++) {
            lab.awaitHealth(backend, Health.DOWN);
        }
        lab.awaitPlane(0, "kernel");
        Await.until(
                "a client is refused",
                AWAIT_TIMEOUT,
                () -> lab.lab()
                                .client()
                                .run(
                                        "curl",
                                        "-sk",
                                        "--max-time",
                                        "1",
                                        "https://" + AddressPlan.VIP + ":" + AddressPlan.FRONTEND_PORT + "/version")
                                .status()
                        == 7);
        for (int backend = 0; backend < PlanesLab.NODES; backend++) {
            lab.backend(backend).start();
        }
        for (int backend = 0; backend < PlanesLab.NODES; backend++) {
            lab.awaitHealth(backend, Health.UP);
        }
        lab.awaitPlane(0, "kernel");
    }

    /**
     * The sequence numbers of the second connection from a port are below those of the first one, as with half of all connections that
     * are minutes apart: connection tracking of Linux 6.1 and later takes its packets for late ones of the first.
     */
    @Test
    void portThatIsUsedAgainIsNotTakenForTheEarlierConnectionWhenTheBackendIsBack() {
        try (NamespaceThread client = NamespaceThread.in(lab.lab().client().namespace());
                ConnectionTracking tracking = lab.thread(2).call(ConnectionTracking::open)) {
            List<NumberedConnection> first = client.call(() -> connections(1_000_000_000));
            lab.backend(2).stop();
            lab.awaitHealth(2, Health.DOWN);
            first.forEach(NumberedConnection::close);
            List<NumberedConnection> second = client.call(() -> connections(950_000_000));
            Await.until(
                    "m3 has forgotten those that have ended",
                    AWAIT_TIMEOUT,
                    () -> lab
                            .thread(2)
                            .call(() -> tracking.to(InetAddress.getByName(AddressPlan.VIP), AddressPlan.FRONTEND_PORT))
                            .stream()
                            .noneMatch(Connection::ended));
            lab.backend(2).start();
            lab.awaitHealth(2, Health.UP);

            for (NumberedConnection connection : second) {
                assertThat(client.call(() -> connection.answers("GET /version HTTP/1.0\r\n\r\n")))
                        .isTrue();
            }
            second.forEach(NumberedConnection::close);
        }
    }

    private static List<NumberedConnection> connections(int sequence) throws LinuxException {
        InetSocketAddress vip = new InetSocketAddress(AddressPlan.VIP, AddressPlan.FRONTEND_PORT);
        List<NumberedConnection> connections = new ArrayList<>();
        for (int port = 20_000; port < 20_060; port++) {
            connections.add(new NumberedConnection(port, sequence, vip));
        }
        return connections;
    }

    @ParameterizedTest
    @ValueSource(strings = {AddressPlan.VIP, AddressPlan.VIP6})
    void reloadsThatChangeThePlaneLoseNothing(String vip) throws Exception {
        try (Client client = client(vip, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            List<String> reloads = new ArrayList<>();
            for (String plane : List.of("proxy", "auto", "proxy", "auto")) {
                for (int node = 0; node < PlanesLab.NODES; node++) {
                    reloads.add(reload(node, plane, start));
                    client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
                }
            }
            lab.meet();
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            assertUnharmed(client.since(start), reloads);
        }
    }

    @Test
    void countersDoNotFallWhenAReloadChangesThePlane() throws Exception {
        try (Client client = client(AddressPlan.VIP, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            Await.until(
                    "m1 has counted",
                    AWAIT_TIMEOUT,
                    () -> counters().stream().limit(3).allMatch(count -> count > 0));
            List<Long> before = counters();
            for (String plane : List.of("proxy", "auto", "proxy", "auto")) {
                lab.reload(0, plane);
                lab.tellOthers(0);
                List<Long> after = counters();
                for (int i = 0; i < after.size(); i++) {
                    assertThat(after.get(i))
                            .as("counter %d at %s, %s before", i, plane, before)
                            .isGreaterThanOrEqualTo(before.get(i));
                }
                before = after;
                client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            }
            lab.meet();
        }
    }

    /** Of m1's frontend, and of its own backend. */
    private static List<Long> counters() {
        FrontendView frontend = lab.frontend(0);
        BackendView own = lab.backend(0, 0);
        return List.of(
                frontend.sessionsTotal(),
                frontend.bytesIn(),
                frontend.bytesOut(),
                frontend.sessionsMax(),
                frontend.connectErrors(),
                frontend.redispatches(),
                own.sessionsTotal(),
                own.bytesIn(),
                own.bytesOut(),
                own.connectErrors());
    }

    /** One reload after the other under so many packets that some meet the very moment in which the rules change. */
    @Test
    void packetsThatMeetTheChangeOfAllRulesLoseNothing() throws Exception {
        try (Client client = Client.start(
                lab.lab().client(),
                AddressPlan.VIP,
                AddressPlan.FRONTEND_PORT,
                Duration.ofMillis(1),
                200,
                Duration.ofMinutes(3))) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            List<String> reloads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                reloads.add(reload(0, i % 2 == 0 ? "proxy" : "auto", start));
            }
            lab.meet();
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            assertUnharmed(client.since(start), reloads);
        }
    }

    /** @return what was done and when, for who looks for the cause of a loss */
    private static String reload(int node, String plane, long start) throws Exception {
        long begin = System.nanoTime();
        lab.reload(node, plane);
        lab.tellOthers(node);
        return "%s to %s at %d to %d ms"
                .formatted(
                        PlanesLab.name(node),
                        plane,
                        Duration.ofNanos(begin - start).toMillis(),
                        Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void rulesFollowAnInterfaceThatIsMadeAnew(int node) {
        lab.host(node).removeInterface();
        Await.until(
                "it is noticed",
                AWAIT_TIMEOUT,
                () -> lab.frontend(node).plane().reason().contains("no interface eth0"));
        lab.host(node).addInterface();
        lab.awaitPlane(node, "kernel");
        lab.take();
        lab.host(node).removeInterface();
        lab.host(node).addInterface(); // and once more, without a look between
        Await.until(
                "the parameters are right",
                AWAIT_TIMEOUT,
                () -> lab.host(node)
                        .run("sysctl", "-n", "net.ipv4.conf.eth0.arp_ignore")
                        .output()
                        .strip()
                        .equals("1"));
        lab.take();
        try (Client client = client(AddressPlan.VIP, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            Await.until(
                    "all are asked", AWAIT_TIMEOUT, () -> client.since(start).connects() > 100);

            assertUnharmed(client.since(start));
        }
        assertThat(lab.frontend(node).plane().plane()).isEqualTo("kernel");
    }

    @Test
    void parametersThatAStrangerChangesAreBack() {
        long before = lab.planes(1).rulesRestored();
        lab.host(1)
                .run("sysctl", "-qw", "net.ipv4.conf.eth0.arp_ignore=0", "net.ipv4.conf.eth0.arp_announce=0")
                .orThrow();
        Await.until(
                "they are back",
                AWAIT_TIMEOUT,
                () -> lab.host(1)
                        .run("sysctl", "-n", "net.ipv4.conf.eth0.arp_ignore", "net.ipv4.conf.eth0.arp_announce")
                        .output()
                        .strip()
                        .equals("1\n2"));
        Await.until("it is counted", AWAIT_TIMEOUT, () -> lab.planes(1).rulesRestored() > before);
    }

    /** The servers listen on every address; there is no listener of the agent's beside them. */
    @Test
    void frontendOnThePortOfItsBackendsIsSpreadOverAllNodes() {
        try (Client client = Client.start(
                lab.lab().client(),
                AddressPlan.VIP,
                AddressPlan.BACKEND_PORT,
                Duration.ofMillis(5),
                30,
                Duration.ofMinutes(3))) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            Set<String> answering = new HashSet<>();
            Await.until("all nodes have answered", AWAIT_TIMEOUT, () -> {
                answering.add(lab.lab()
                        .client()
                        .run("curl", "-sk", "https://" + AddressPlan.VIP + ":" + AddressPlan.BACKEND_PORT + "/version")
                        .output());
                return answering.size() == PlanesLab.NODES;
            });
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            assertUnharmed(client.since(start));
        }
        assertThat(lab.planes(0).frontends().get(1).plane().plane()).isEqualTo("kernel");
    }

    @ParameterizedTest
    @ValueSource(strings = {AddressPlan.VIP, AddressPlan.VIP6})
    void aHundredChangesOfTheMapAreNotNoticed(String vip) {
        Random random = new Random(86);
        try (Client client = client(vip, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                Planes changing = lab.planes(random.nextInt(PlanesLab.NODES));
                int backend = random.nextInt(PlanesLab.NODES);
                int weight = 1 + random.nextInt(256);
                changing.frontends()
                        .forEach(frontend -> frontend.backends().get(backend).setWeight(weight));
                Await.pause(Duration.ofMillis(20));
            }
            lab.resetWeights();
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            assertUnharmed(client.since(start));
        }
    }

    @Test
    void drainedBackendGetsNothingNew() {
        try (Client client = client(AddressPlan.VIP, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            lab.backend(0, 2).drain("a test");
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            steady(() -> lab.backend(2, 2).sessionsTotal());
            lab.backend(0, 2).enable("a test");
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            assertUnharmed(client.since(start));
        }
    }

    @Test
    void nodesCountWhatTheyServe() {
        long open = steady(() -> ofAll(BackendView::sessions));
        long before = ofAll(BackendView::sessionsTotal);
        long bytesIn = ofAll(BackendView::bytesIn);
        long bytesOut = ofAll(BackendView::bytesOut);
        try (Client client = client(AddressPlan.VIP, 20)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            Await.until("twenty are open", AWAIT_TIMEOUT, () -> ofAll(BackendView::sessions) >= open + 20);
            Await.until("all were counted", AWAIT_TIMEOUT, () -> ofAll(BackendView::sessionsTotal) >= before + 20);
            Await.until(
                    "so were their bytes",
                    AWAIT_TIMEOUT,
                    () -> ofAll(BackendView::bytesIn) > bytesIn + 20 * 500
                            && ofAll(BackendView::bytesOut) > bytesOut + 20 * 500);
            assertThat(lab.backend(1, 0).sessionsTotal())
                    .as("m1 as m2 counts it")
                    .isZero();
        }
        Await.until("they have ended", AWAIT_TIMEOUT, () -> ofAll(BackendView::sessions) <= open);
    }

    @Test
    void restartedAgentAdoptsTheRulesThatAreThere() {
        try (Client client = client(AddressPlan.VIP, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            for (int node = 0; node < PlanesLab.NODES; node++) {
                lab.restart(node);
                lab.hostsAnswer(node);
                Await.pause(QUIET_TIME);
                lab.meet();
            }
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            assertUnharmed(client.since(start));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flush table ip baton", "delete table ip baton", "delete table inet baton"})
    void changesOfAStrangerAreNotedAlsoWhenOursFollowThem(String stranger) {
        long before = lab.planes(1).rulesRestored();
        lab.host(1).run("nft", stranger).orThrow();
        lab.backend(1, 2).setWeight(17);
        Await.until("the rules are back", AWAIT_TIMEOUT, () -> lab.planes(1).rulesRestored() > before);
        lab.resetWeights();
        awaitRule("list chain ip baton dispatch", "goto dispatch0");
        awaitRule("list table inet baton", "arp_ignore");
    }

    /** A list of rules is made of several answers of the kernel, and a transaction may come between them. */
    private static void awaitRule(String list, String rule) {
        Await.until(
                "the rules have " + rule,
                AWAIT_TIMEOUT,
                () -> lab.host(1).run("nft", list).output().contains(rule));
    }

    @Test
    void rulesThatAStrangerFlushedAreBackWithinAMomentAndCounted() {
        try (Client client = client(AddressPlan.VIP, 30)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            long before = lab.planes(1).rulesRestored();
            lab.host(1).run("nft", "flush", "table", "ip", "baton").orThrow();
            Await.until("the rules are back", AWAIT_TIMEOUT, () -> lab.planes(1).rulesRestored() > before);
            long again = lab.planes(1).rulesRestored();
            lab.host(1).run("nft", "delete", "table", "ip", "baton").orThrow();
            Await.until("the rules are back", AWAIT_TIMEOUT, () -> lab.planes(1).rulesRestored() > again);
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            assertUnharmed(client.since(start));
        }
    }

    @Test
    void noConnectFailsWhenOneBackendRefuses() {
        lab.backend(2).stop();
        try {
            assertNoConnectFails();
            lab.awaitHealth(2, Health.DOWN);
        } finally {
            lab.backend(2).start();
        }
        lab.awaitHealth(2, Health.UP);
    }

    @Test
    void noConnectFailsWhenOneBackendIsABlackHole() {
        lab.host(2)
                .run(
                        "nft",
                        "add table ip hole; add chain ip hole in { type filter hook input priority -300; };"
                                + " add rule ip hole in tcp dport " + AddressPlan.BACKEND_PORT + " drop")
                .orThrow();
        try {
            assertNoConnectFails();
            lab.awaitHealth4(2, Health.DOWN);
        } finally {
            lab.host(2).run("nft", "delete", "table", "ip", "hole").orThrow();
        }
        lab.awaitHealth(2, Health.UP);
    }

    private static void assertNoConnectFails() {
        try (Client client = client(AddressPlan.VIP, 0)) {
            long start = System.nanoTime();
            Await.until(
                    "enough have tried",
                    AWAIT_TIMEOUT,
                    () -> client.since(start).connects() > CONNECTS);
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            assertThat(client.since(start).failed())
                    .as("failed connects of %s", client.since(start))
                    .isZero();
        }
    }

    /** Waits until nothing is added to a count. */
    private static long steady(LongSupplier count) {
        long[] last = {count.getAsLong()};
        Await.until("the count is steady", AWAIT_TIMEOUT, () -> {
            long before = last[0];
            Await.pause(COUNTER_AGE);
            last[0] = count.getAsLong();
            return last[0] == before;
        });
        return last[0];
    }

    /** What a node counts of all backends, summed over the nodes. */
    private static long ofAll(ToLongFunction<BackendView> count) {
        long sum = 0;
        for (int node = 0; node < PlanesLab.NODES; node++) {
            sum += lab.frontend(node).backends().stream().mapToLong(count).sum();
        }
        return sum;
    }

    private static Client client(String vip, int sessions) {
        return Client.start(
                lab.lab().client(),
                vip,
                AddressPlan.FRONTEND_PORT,
                Duration.ofMillis(5),
                sessions,
                Duration.ofMinutes(3));
    }

    private static void assertUnharmed(Impact impact) {
        assertUnharmed(impact, List.of());
    }

    private static void assertUnharmed(Impact impact, List<String> reloads) {
        assertThat(impact.connects()).isGreaterThan(20);
        assertThat(impact.requests()).isGreaterThan(30);
        assertThat(impact.failed())
                .as("failed connects of %s, reloads %s", impact, reloads)
                .isZero();
        assertThat(impact.lost())
                .as("lost sessions of %s, reloads %s", impact, reloads)
                .isEmpty();
    }
}
