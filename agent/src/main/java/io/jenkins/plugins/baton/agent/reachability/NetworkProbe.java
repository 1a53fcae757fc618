package io.jenkins.plugins.baton.agent.reachability;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeLibraries;
import io.jenkins.plugins.baton.agent.linux.netfilter.Connection;
import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTracking;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.agent.linux.vrrp.ProbePacket;
import io.jenkins.plugins.baton.agent.linux.vrrp.ProbePacket.Protocol;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One node's part in a trial of the network: it sends what it is told to and says what it saw. Who tells it knows when all
 * others listen, so that no time is agreed on. Lines in:
 *
 * <pre>
 * listen INTERFACE
 * send INTERFACE PROTOCOL SOURCE PORT DESTINATION PORT     kept for the next go
 * forget PROTOCOL SOURCE PORT DESTINATION PORT             what connection tracking knows of such packets and their answers
 * go                                                       sends all that was kept, a few times
 * report                                                   ends it
 * </pre>
 *
 * Each is answered by {@code done}. The report has lines {@code refused}, {@code seen} and {@code passed} with a probe.
 */
public final class NetworkProbe {
    private static final int ROUNDS = 5;
    private static final long ROUND_MILLIS = 100;
    /** For packets that are still on their way. */
    private static final long LAST_MILLIS = 500;

    private final int token;
    private final PrintStream out;
    private final Map<String, ProbeSockets> interfaces = new LinkedHashMap<>();
    private final Map<ProbePacket, String> kept = new LinkedHashMap<>();
    private final Map<ProbePacket, String> refused = new LinkedHashMap<>();

    /** @param token the same on all nodes of a trial */
    public NetworkProbe(int token, PrintStream out) {
        this.token = token;
        this.out = out;
    }

    /** Works until {@code report}, or until nobody tells it anything any more. */
    public void run(BufferedReader in) throws IOException, InterruptedException {
        NativeLibraries.load();
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.strip().split(" ");
                switch (words[0]) {
                    case "listen" -> listen(words[1]);
                    case "send" -> kept.put(probe(words, 2), words[1]);
                    case "forget" -> forget(probe(words, 1));
                    case "go" -> go();
                    case "report" -> {
                        report();
                        return;
                    }
                    default -> throw new IOException("the order \"" + line + "\" is not known");
                }
                answer("done");
            }
        } finally {
            interfaces.values().forEach(ProbeSockets::close);
        }
    }

    private void listen(String name) throws IOException {
        try (Rtnetlink host = Rtnetlink.open()) {
            Link link = host.link(name)
                    .orElseThrow(() -> new IOException("there is no interface " + name + " to try the network on"));
            interfaces.put(name, new ProbeSockets(link, token));
        }
    }

    private static ProbePacket probe(String[] words, int at) throws IOException {
        return new ProbePacket(
                Protocol.valueOf(words[at].toUpperCase(Locale.ROOT)),
                address(words[at + 1]),
                Integer.parseInt(words[at + 2]),
                address(words[at + 3]),
                Integer.parseInt(words[at + 4]));
    }

    private static InetAddress address(String text) throws IOException {
        return IpLiteral.parse(text).orElseThrow(() -> new IOException(text + " is not an IP address"));
    }

    private void go() throws IOException, InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            kept.forEach((probe, name) -> {
                try {
                    interfaces.get(name).send(probe);
                } catch (LinuxException e) {
                    refused.put(probe, e.getMessage());
                }
            });
            Thread.sleep(ROUND_MILLIS);
            drain();
        }
        kept.clear();
    }

    private void drain() throws LinuxException {
        for (ProbeSockets listening : interfaces.values()) {
            listening.drain();
        }
    }

    /** In both directions; connections that are established stay. A host without connection tracking knows nothing. */
    private static void forget(ProbePacket probe) {
        try (ConnectionTracking tracking = ConnectionTracking.open()) {
            if (probe.protocol() == Protocol.VRRP) {
                tracking.forget(
                        probe.source(), probe.destination(), probe.protocol().number());
                tracking.forget(
                        probe.destination(), probe.source(), probe.protocol().number());
            } else {
                forget(tracking, probe.source(), probe.sourcePort());
                forget(tracking, probe.destination(), probe.destinationPort());
            }
        } catch (LinuxException e) {
            // Nothing was known, or nothing can be forgotten; either is no news of the network.
        }
    }

    private static void forget(ConnectionTracking tracking, InetAddress address, int port) throws LinuxException {
        for (Connection connection : tracking.to(address, port)) {
            if (!connection.established()) {
                tracking.forget(address, connection);
            }
        }
    }

    private void report() throws IOException, InterruptedException {
        Thread.sleep(LAST_MILLIS);
        drain();
        Set<ProbePacket> seen = new LinkedHashSet<>();
        Set<ProbePacket> passed = new LinkedHashSet<>();
        interfaces.values().forEach(listening -> {
            seen.addAll(listening.seen());
            passed.addAll(listening.passed());
        });
        refused.forEach((probe, why) -> out.println("refused " + probe + " " + why));
        seen.forEach(probe -> out.println("seen " + probe));
        passed.forEach(probe -> out.println("passed " + probe));
        answer("done");
    }

    private void answer(String word) {
        out.println(word);
        out.flush();
    }
}
