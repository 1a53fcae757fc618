package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NumberedConnection;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of three nodes notices, with real backends; m1 holds the VIP at first. */
public class DirectReturnIT {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration QUIET_TIME = Duration.ofSeconds(1);
    private static final Duration SETTLE_TIME = Duration.ofMillis(300);
    /** More than a connect is given to succeed. */
    private static final Duration THE_LAST_HAS_FAILED = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionsSpreadOverAllNodesFromWhereverTheyCome(boolean ipv6) throws Exception {
        try (DirectReturnLab lab = lab(ipv6)) {
            for (Host from :
                    List.of(lab.lab().client(), lab.lab().host("m1"), lab.lab().host("m2"))) {
                Map<String, Integer> answers = ask(lab, 45, from::run);

                assertThat(answers).as("seen from " + from).containsOnlyKeys("m1", "m2", "m3");
                assertThat(answers.values()).as("seen from " + from).allMatch(count -> count >= 3);
            }
        }
    }

    @Test
    void podOfANodeIsBalancedWhereItIs() throws Exception {
        try (DirectReturnLab lab = lab(false);
                NamespaceThread pod = new NamespaceThread()) {
            NamespaceThread node = lab.thread(1);
            NamespaceThread.connect(node, "pod0", pod);
            node.ip("addr add 10.244.1.1/24 dev pod0");
            node.run(() -> Sysctl.of("net", "ipv4", "ip_forward").write("1"));
            pod.ip("addr add 10.244.1.2/24 dev eth0");
            pod.ip("route add default via 10.244.1.1");

            Map<String, Integer> answers = ask(lab, 12, command -> pod.call(() -> Command.run(command)));

            assertThat(answers).containsOnly(Map.entry("m1", 4), Map.entry("m2", 4), Map.entry("m3", 4));
        }
    }

    /** Of three nodes one holds the VIP; what a router tells the VIP is for whichever sent the packet. */
    @Test
    void wordOfARouterThatPacketsAreTooLongReachesTheNodeThatSentThem() throws Exception {
        try (DirectReturnLab lab = lab(false);
                NamespaceThread router = NamespaceThread.in(lab.lab().client().namespace());
                NamespaceThread far = new NamespaceThread()) {
            NamespaceThread.connect(router, "far0", far);
            router.ip("addr add 10.99.0.1/24 dev far0");
            router.ip("link set far0 mtu 576"); // a handshake of TLS is longer
            router.run(() -> Sysctl.of("net", "ipv4", "ip_forward").write("1"));
            far.ip("addr add 10.99.0.2/24 dev eth0");
            far.ip("route add default via 10.99.0.1");
            for (int node = 0; node < 3; node++) {
                lab.thread(node)
                        .ip("route add 10.99.0.0/24 via " + lab.lab().client().ipv4());
            }

            Map<String, Integer> answers = ask(lab, 30, command -> far.call(() -> Command.run(command)));

            assertThat(answers).containsOnlyKeys("m1", "m2", "m3");
        }
    }

    @Test
    void backendSeesTheAddressOfTheClient() throws Exception {
        try (DirectReturnLab lab = lab(false);
                Client client = client(lab)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

            for (Host node : lab.lab().nodes()) {
                assertThat(node.run("ss", "-Htn", "state", "established", "sport", "=", ":6443")
                                .output())
                        .as("connections of " + node)
                        .contains(lab.lab().client().ipv4() + ":");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void plannedMovesOfTheVipLoseNothing(boolean ipv6) throws Exception {
        assertUnharmedBy(ipv6, (lab, impact) -> {
            for (int i = 0; i < 6; i++) {
                lab.move(i % 3, (i + 1) % 3);
                Await.pause(SETTLE_TIME);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void drainsLoseNothingThoughTheNodesLearnOfThemOneByOne(boolean ipv6) throws Exception {
        assertUnharmedBy(ipv6, (lab, impact) -> {
            for (int i = 0; i < 6; i++) {
                lab.drain(i % 3);
                Await.pause(SETTLE_TIME);
                lab.enable(i % 3);
                Await.pause(SETTLE_TIME);
            }
        });
    }

    @Test
    void agentThatStartsAnewReplacesItsRulesUnnoticed() throws Exception {
        assertUnharmedBy(false, (lab, impact) -> {
            for (int i = 0; i < 6; i++) {
                lab.install(i % 3);
                Await.pause(SETTLE_TIME);
            }
        });
    }

    @Test
    void sessionsSurviveTheLossOfTheHolderWhenTheirBackendsDo() throws Exception {
        try (DirectReturnLab lab = lab(false)) {
            lab.drain(0);
            try (Client client = client(lab)) {
                client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
                long start = System.nanoTime();
                lab.lab().lan().portDown(lab.lab().host("m1"));
                Await.pause(SETTLE_TIME);
                lab.declareLost(0);
                lab.take(1);
                client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

                Impact impact = client.since(start);
                assertThat(impact.lostSessions())
                        .as("lost sessions of %s", impact)
                        .isZero();
                assertThat(impact.requests()).isGreaterThan(100);
            }
        }
    }

    /** The one that leaves it out is not the one that would reset: it marks the packet. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionsOfANodeThatAnotherOneIsUnsureOfAreNotReset(boolean ipv6) throws Exception {
        assertUnharmedBy(ipv6, (lab, impact) -> {
            for (int i = 0; i < 3; i++) {
                lab.doubt(i, (i + 1) % 3);
                Await.pause(SETTLE_TIME);
                lab.believe(i);
                Await.pause(SETTLE_TIME);
            }
        });
    }

    @Test
    void clientsOfALostHostLearnOfItByAReset() throws Exception {
        try (DirectReturnLab lab = lab(false);
                Client client = client(lab)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            lab.lab().lan().portDown(lab.lab().host("m3"));
            lab.declareLost(2);

            Await.until(
                    "a third of the sessions are lost",
                    AWAIT_TIMEOUT,
                    () -> client.since(start).lostSessions() > 20);
            assertThat(client.since(start).lost())
                    .allMatch(lost -> lost.reason().contains("reset"));
        }
    }

    /** The nodes never learn of it: the client's repetition of its SYN is enough. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectThatABackendDoesNotAnswerIsTakenUpByAnother(boolean silent) throws Exception {
        assertUnharmedBy(false, (lab, impact) -> {
            if (silent) {
                lab.backend(2).swallow();
            } else {
                lab.backend(2).refuse();
            }
            awaitRepetitions(impact);
            Await.pause(THE_LAST_HAS_FAILED);
        });
    }

    /** The client repeats its SYN, and the node that has answered must answer again: two would be at cross-purposes. */
    @Test
    void connectWhoseAnswerWasLostStaysWithItsBackend() throws Exception {
        assertUnharmedBy(false, (lab, impact) -> {
            // After connection tracking: the node has answered, and the first answer of each gets lost on the wire.
            lab.lab().host("m3").run("nft", """
                    table netdev loss { \
                    set answered { type ipv4_addr . inet_service; flags dynamic; timeout 1m; }; \
                    chain out { type filter hook egress device eth0 priority 0; \
                    tcp flags & (syn | ack) != (syn | ack) accept; \
                    ip daddr . tcp dport @answered accept; \
                    add @answered { ip daddr . tcp dport } drop; }; }""").orThrow();
            awaitRepetitions(impact);
            lab.lab().host("m3").run("nft", "delete table netdev loss").orThrow();
            Await.pause(THE_LAST_HAS_FAILED);
        });
    }

    /** It would reach the client with the backend's address, and the client's reset would end the connection. */
    @Test
    void answerThatConnectionTrackingFindsOutOfOrderStaysOnTheNode() throws Exception {
        try (DirectReturnLab lab = lab(false);
                NamespaceThread host = NamespaceThread.in(lab.lab().client().namespace())) {
            InetSocketAddress vip = new InetSocketAddress(lab.vipText(), AddressPlan.FRONTEND_PORT);
            InetSocketAddress client = new InetSocketAddress(lab.lab().client().ipv4(), 20_000);
            int sequence = 1_000_000_000;
            try (NumberedConnection connection =
                    host.call(() -> new NumberedConnection(client.getPort(), sequence, vip))) {
                int kept = 0;
                for (int node = 0; node < 3; node++) {
                    InetSocketAddress backend =
                            new InetSocketAddress(lab.lab().nodes().get(node).ipv4(), AddressPlan.BACKEND_PORT);
                    kept += lab.thread(node).call(() -> sendStrays(backend, client, sequence + 1));
                }

                assertThat(kept).as("segments that stayed").isPositive();
                assertThat(host.call(() -> connection.answers("GET /version HTTP/1.0\r\n\r\n")))
                        .isTrue();
            }
        }
    }

    /** The same for the answers to a node's own programs, which that node translates. */
    @Test
    void answerThatConnectionTrackingFindsOutOfOrderDoesNotReachANodesOwnProgram() throws Exception {
        try (DirectReturnLab lab = lab(false);
                NamespaceThread stranger = NamespaceThread.in(lab.lab().client().namespace())) {
            InetSocketAddress vip = new InetSocketAddress(lab.vipText(), AddressPlan.FRONTEND_PORT);
            InetSocketAddress client =
                    new InetSocketAddress(lab.lab().host("m2").ipv4(), 20_000);
            int sequence = 1_000_000_000;
            try (NumberedConnection connection =
                    lab.thread(1).call(() -> new NumberedConnection(client.getPort(), sequence, vip))) {
                for (Host host : lab.lab().nodes()) {
                    InetSocketAddress backend = new InetSocketAddress(host.ipv4(), AddressPlan.BACKEND_PORT);
                    stranger.run(() -> sendStrays(backend, client, sequence + 1));
                }

                assertThat(lab.thread(1).call(() -> connection.answers("GET /version HTTP/1.0\r\n\r\n")))
                        .isTrue();
            }
        }
    }

    /**
     * Acknowledgements of which one at least is beyond what a backend may send, whatever its sequence numbers are.
     *
     * @return how many of them rules of the sender's host kept back
     */
    private static int sendStrays(InetSocketAddress from, InetSocketAddress to, int acknowledged)
            throws LinuxException {
        int kept = 0;
        for (int quarter = 0; quarter < 4; quarter++) {
            kept += StraySegment.send(from, to, quarter << 30, acknowledged) ? 0 : 1;
        }
        return kept;
    }

    @Test
    void whatClientsLeaveInTheRulesIsNoChangeOfThem() throws Exception {
        try (DirectReturnLab lab = lab(false)) {
            String before = lab.read(0);
            try (Client client = client(lab)) {
                client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);

                assertThat(lab.lab()
                                .host("m1")
                                .run("nft", "list", "set", "ip", "baton", "tried0")
                                .output())
                        .contains("expires");
                assertThat(lab.read(0)).isEqualTo(before);
            }
        }
    }

    private static DirectReturnLab lab(boolean ipv6) throws Exception {
        DirectReturnLab lab = new DirectReturnLab(3, ipv6);
        lab.take(0);
        return lab;
    }

    /** A hundred long-lived sessions, and a new connection every 10 ms. */
    private static Client client(DirectReturnLab lab) {
        return Client.start(
                lab.lab().client(),
                lab.vipText(),
                AddressPlan.FRONTEND_PORT,
                Duration.ofMillis(10),
                100,
                Duration.ofMinutes(2));
    }

    private interface Action {
        /** @param impact what the client has noticed of it up to now */
        void befall(DirectReturnLab lab, Supplier<Impact> impact) throws Exception;
    }

    private static void assertUnharmedBy(boolean ipv6, Action action) throws Exception {
        try (DirectReturnLab lab = lab(ipv6);
                Client client = client(lab)) {
            client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
            long start = System.nanoTime();
            action.befall(lab, () -> client.since(start));

            assertUnharmed(client.since(start));
        }
    }

    private static void awaitRepetitions(Supplier<Impact> impact) {
        Await.until("many have tried again", AWAIT_TIMEOUT, () -> impact.get().slow() > 20);
    }

    private static void assertUnharmed(Impact impact) {
        assertThat(impact.connects()).isGreaterThan(20);
        assertThat(impact.requests()).isGreaterThan(100);
        assertThat(impact.failed()).as("failed connects of %s", impact).isZero();
        assertThat(impact.lostSessions()).as("lost sessions of %s", impact).isZero();
    }

    /** How often each node answered. */
    private static Map<String, Integer> ask(DirectReturnLab lab, int times, Runner from) {
        UnaryOperator<String> quote = address -> address.contains(":") ? "[" + address + "]" : address;
        String url = "https://" + quote.apply(lab.vipText()) + ":" + AddressPlan.FRONTEND_PORT + "/version";
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            String answer =
                    from.run("curl", "-sk", "--max-time", "10", url).orThrow().output();
            answers.merge(answer.replaceAll(".*\"node\": \"(\\w+)\".*", "$1"), 1, Integer::sum);
        }
        return answers;
    }

    private interface Runner {
        Command.Result run(String... command);
    }
}
