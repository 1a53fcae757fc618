package io.jenkins.plugins.baton.lab.field;

import static io.jenkins.plugins.baton.lab.field.FieldCase.brief;
import static io.jenkins.plugins.baton.lab.field.FieldCase.whole;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Forger;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.experiment.Incident;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import io.jenkins.plugins.baton.lab.usage.Spent;
import io.jenkins.plugins.baton.lab.usage.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a host on the segment that is no node does: it may send what it likes. */
final class StrangerCases {
    private static final Duration CONNECT_INTERVAL = Duration.ofMillis(10);
    /** No stall of a busy machine is taken for a death: what moves the VIP here is a forgery. */
    private static final String UNHURRIED = "500ms";

    private static final String STRANGER = "stranger";
    private static final int VRID = 51;
    private static final int FLOOD = 12_000;
    private static final String ELECTION_THREAD = "vrrp";
    private static final double MAX_CORE_SHARE = 0.02;
    private static final Duration SHORT_ATTACK = Duration.ofSeconds(5);
    private static final Duration LONG_ATTACK = Duration.ofSeconds(30);
    private static final Pattern CONFLICT =
            Pattern.compile("\"kind\"\\s*:\\s*\"([A-Z]+)\".*?\"message\"\\s*:\\s*\"([^\"]*)\"", Pattern.DOTALL);

    private StrangerCases() {}

    static FieldGroup<AgentTestbed> group() {
        return new FieldGroup<>(
                StrangerCases::testbed,
                List.of(
                        brief(
                                "a neighbour sends in the names of two nodes what moves the VIP",
                                "priority 255 to 0, orders, 5 s",
                                testbed -> attack(testbed, SHORT_ATTACK, "FORGERY", forger -> forge(forger, testbed))),
                        brief(
                                "a neighbour says that it has the VIP",
                                "ARP replies, 35 a second, 5 s",
                                testbed -> attack(
                                        testbed, SHORT_ATTACK, "ADDRESS", forger -> forger.claims(AddressPlan.VIP))),
                        whole(
                                "a neighbour sends in the names of two nodes what moves the VIP",
                                "priority 255 to 0, orders, ARP, 30 s",
                                testbed -> attack(testbed, LONG_ATTACK, "FORGERY", forger -> {
                                    forge(forger, testbed);
                                    forger.claims(AddressPlan.VIP);
                                })),
                        whole(
                                "a neighbour uses CARP with the VRID",
                                "CARP, 35 a second, 5 s",
                                testbed -> attack(testbed, SHORT_ATTACK, "CARP", Forger::carp)),
                        whole(
                                "a neighbour floods the nodes in its own name",
                                "12,000 packets/s, 5 s",
                                testbed -> flood(testbed, "VRRP", testbed.lab().host(STRANGER))),
                        whole(
                                "a neighbour floods the nodes in a node's name",
                                "12,000 packets/s, 5 s",
                                testbed -> flood(testbed, "FORGERY", testbed.after(testbed.home())))));
    }

    private static AgentTestbed testbed(Programs programs) {
        AgentTestbed testbed = new AgentTestbed(programs.agent(), new Variant(Plane.KERNEL, false, UNHURRIED));
        testbed.lab().addHost(STRANGER, 66);
        return testbed;
    }

    private static void forge(Forger forger, AgentTestbed testbed) {
        for (int priority : new int[] {255, 254, 1, 0}) {
            forger.adverts(priority);
        }
        forger.orders(testbed.nodes());
    }

    /** The VIP must stay, every connect succeed, and each node name the attack once. */
    private static CaseResult attack(AgentTestbed testbed, Duration time, String kind, Consumer<Forger> action) {
        Host home = testbed.home();
        try (Client client = testbed.client(CONNECT_INTERVAL, 0);
                Forger forger = Forger.on(
                        testbed.lab().host(STRANGER), VRID, testbed.nodes().subList(0, 2))) {
            long from = System.nanoTime();
            Impact impact = Incident.measure(testbed, client, incident -> {
                action.accept(forger);
                Await.pause(time);
                Await.until(
                        home + " names the attack",
                        ClusterTestbed.AWAIT_TIMEOUT,
                        () -> !said(testbed, kind).isEmpty());
            });
            CaseResult finding = CaseResult.unharmed(impact, said(testbed, kind));
            if (testbed.vip().since(from).stream().anyMatch(tenure -> tenure.host() != home)) {
                finding = finding.but("the VIP was on another node");
            }
            long told = testbed.logs()
                    .lines()
                    .filter(line -> line.contains(said(testbed, kind)))
                    .count();
            return told <= testbed.nodes().size() ? finding : finding.but("it is told " + told + " times");
        }
    }

    /** The same, and it must not cost the thread of the election more than it may. */
    private static CaseResult flood(AgentTestbed testbed, String kind, Host name) {
        AtomicReference<CaseResult> finding = new AtomicReference<>();
        double calm = share(testbed, () -> Await.pause(SHORT_ATTACK));
        double flooded = share(
                testbed, () -> finding.set(attack(testbed, SHORT_ATTACK, kind, forger -> forger.flood(FLOOD, name))));
        CaseResult measured = finding.get()
                .alsoSaid("the real-time thread has %.1f %% of a core, %.1f %% without"
                        .formatted(100 * flooded, 100 * calm));
        return flooded - calm < MAX_CORE_SHARE
                ? measured
                : measured.but("it costs the real-time thread more than 2 % of a core");
    }

    /** Of a processor, for the holder's thread of the election, while something is done. */
    private static double share(AgentTestbed testbed, Runnable action) {
        List<Daemon> holder = testbed.stack().daemons(testbed.home());
        Usage before = Usage.of(holder);
        action.run();
        Spent spent = Usage.of(holder).since(before);
        return spent.threads().get(ELECTION_THREAD).processorNanos() / 1e9 / spent.seconds();
    }

    /** What the holder says of it; empty: nothing yet. */
    private static String said(AgentTestbed testbed, String kind) {
        Matcher conflicts = CONFLICT.matcher(testbed.ask(testbed.home(), "status json"));
        return conflicts
                .results()
                .filter(found -> found.group(1).equals(kind))
                .map(found -> found.group(2))
                .findFirst()
                .orElse("");
    }
}
