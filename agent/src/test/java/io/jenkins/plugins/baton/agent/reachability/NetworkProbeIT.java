package io.jenkins.plugins.baton.agent.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two stations on one cable, with real firewalls. */
class NetworkProbeIT {
    private static final String GROUP = "vrrp 10.86.13.30 0 224.0.0.18 0";
    private static final String GROUP6 = "vrrp fe80::30 0 ff02::12 0";
    private static final String UNICAST = "vrrp 10.86.13.30 0 10.86.13.31 0";
    private static final String PEER_LINK = "tcp 10.86.13.30 9011 10.86.13.31 9011";
    private static final String PEER_LINK_BACK = "tcp 10.86.13.31 9011 10.86.13.30 9011";
    private static final String FRONTEND = "tcp 10.86.13.30 61234 10.86.13.31 8443";
    private static final String FRONTEND6 = "tcp fe80::30 61234 fe80::31 8443";
    private static final List<String> ALL = List.of(GROUP, GROUP6, UNICAST, PEER_LINK, FRONTEND, FRONTEND6);
    private static final String LISTEN = "listen eth0";

    private final NamespaceThread one = new NamespaceThread();
    private final NamespaceThread other = new NamespaceThread();

    @BeforeEach
    void connect() {
        NamespaceThread.connect(one, other);
        one.ip("addr add 10.86.13.30/24 dev eth0");
        one.ip("addr add fe80::30/64 dev eth0 nodad");
        other.ip("addr add 10.86.13.31/24 dev eth0");
        other.ip("addr add fe80::31/64 dev eth0 nodad");
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    /** What a station says to these orders, all at once. */
    private static List<String> orders(NamespaceThread host, Stream<String> lines) {
        return host.call(() -> {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            String text = String.join("\n", lines.toList()) + "\n";
            new NetworkProbe(7, new PrintStream(said, true, StandardCharsets.UTF_8))
                    .run(new BufferedReader(new StringReader(text)));
            return said.toString(StandardCharsets.UTF_8).lines().toList();
        });
    }

    /** The other one listens while the one sends; what both say, the one first. */
    private List<List<String>> experiment(List<String> probes) throws Exception {
        PipedWriter orders = new PipedWriter();
        PipedReader reader = new PipedReader(orders);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        CompletableFuture<Void> listener = CompletableFuture.runAsync(() ->
                other.run(() -> new NetworkProbe(7, new PrintStream(said, true, StandardCharsets.UTF_8))
                        .run(new BufferedReader(reader))));
        orders.write(LISTEN + "\n");
        orders.flush();
        while (!said.toString(StandardCharsets.UTF_8).contains("done")) {
            assertThat(listener).isNotDone();
            Thread.sleep(10);
        }
        List<String> sender = orders(
                one,
                Stream.concat(
                        Stream.concat(Stream.of(LISTEN), probes.stream().map(probe -> "send eth0 " + probe)),
                        Stream.of("go", "report")));
        orders.write("report\n");
        orders.flush();
        listener.join();
        return List.of(sender, said.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static String[] all(String word) {
        return ALL.stream().map(probe -> word + " " + probe).toArray(String[]::new);
    }

    @Test
    void whereNothingIsInTheWayEveryProbePassesAndNobodyActsOnOne() throws Exception {
        ServerSocket server = other.call(() -> new ServerSocket(8443, 5, InetAddress.getByName("10.86.13.31")));

        List<List<String>> said = experiment(ALL);

        assertThat(said.get(0)).contains(all("seen")).noneMatch(line -> line.startsWith("refused"));
        assertThat(said.get(1)).contains(all("seen")).contains(all("passed"));
        assertThat(said.get(0)).as("no answer").noneMatch(line -> line.startsWith("passed"));
        server.setSoTimeout(1);
        assertThat(catchTimeout(server)).isTrue();
        server.close();
    }

    private static boolean catchTimeout(ServerSocket server) throws Exception {
        try {
            server.accept();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    @Test
    void whatTheReceiversFirewallDropsWasSeenAndDidNotPass() throws Exception {
        rules(other, "input", "meta l4proto 112 drop; tcp dport { 8443, 9011 } drop");

        List<List<String>> said = experiment(ALL);

        assertThat(said.get(1)).contains(all("seen")).noneMatch(line -> line.startsWith("passed"));
    }

    @Test
    void whatTheSendersFirewallDropsIsRefusedThere() throws Exception {
        rules(one, "output", "meta l4proto 112 drop; tcp dport { 8443, 9011 } drop");

        List<List<String>> said = experiment(ALL);

        for (String probe : ALL) {
            assertThat(said.get(0))
                    .anyMatch(line -> line.startsWith("refused " + probe + " ") && line.contains("EPERM"));
        }
        assertThat(said.get(1)).noneMatch(line -> line.startsWith("seen"));
    }

    /** Lets out what the node begins, and in the answers to it: enough for the peer link, not for adverts. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void throughAStatefulFirewallThePeerLinkPassesOnceBothHaveBegun(boolean bothBegin) throws Exception {
        String stateful = "ct state established,related accept; ip6 nexthdr icmpv6 accept; drop";
        rules(one, "input", stateful);
        rules(other, "input", stateful);
        if (bothBegin) {
            orders(
                    other,
                    Stream.of(
                            LISTEN, "send eth0 " + PEER_LINK_BACK, "send eth0 vrrp 10.86.13.31 0 10.86.13.30 0", "go"));
            orders(other, Stream.of("forget " + UNICAST));
        }

        List<String> heard = experiment(ALL).get(1);

        assertThat(heard).contains(all("seen"));
        assertThat(heard.contains("passed " + PEER_LINK)).isEqualTo(bothBegin);
        assertThat(heard).doesNotContain("passed " + GROUP, "passed " + UNICAST, "passed " + FRONTEND);
    }

    private static void rules(NamespaceThread host, String hook, String rules) {
        host.run(() -> {
            try (Nftables nftables = Nftables.open()) {
                nftables.run("table inet firewall {\n chain probes {\n type filter hook " + hook + " priority 0\n "
                        + rules.replace("; ", "\n ") + "\n }\n}\n");
            }
        });
    }
}
