package io.jenkins.plugins.baton.lab.field;

import static io.jenkins.plugins.baton.lab.field.FieldCase.brief;
import static io.jenkins.plugins.baton.lab.field.FieldCase.whole;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Forger;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Plan;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.trial.Bed;
import io.jenkins.plugins.baton.lab.trial.Setting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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
    private static final double MOST_OF_A_CORE = 0.02;
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Pattern CONFLICT =
            Pattern.compile("\"kind\"\\s*:\\s*\"([A-Z]+)\".*?\"message\"\\s*:\\s*\"([^\"]*)\"", Pattern.DOTALL);

    private StrangerCases() {}

    static FieldGroup<Bed> group() {
        return new FieldGroup<>(StrangerCases::bed, List.of(
                brief("a neighbour sends in the names of two nodes what moves the VIP", "priority 255 to 0, orders, 5 s",
                        bed -> attack(bed, SHORT, "FORGERY", forger -> forge(forger, bed))),
                brief("a neighbour says that it has the VIP", "ARP replies, 35 a second, 5 s",
                        bed -> attack(bed, SHORT, "ADDRESS", forger -> forger.claims(Plan.VIP))),
                whole("a neighbour sends in the names of two nodes what moves the VIP", "priority 255 to 0, orders, ARP, 30 s",
                        bed -> attack(bed, LONG, "FORGERY", forger -> {
                            forge(forger, bed);
                            forger.claims(Plan.VIP);
                        })),
                whole("a neighbour uses CARP with the VRID", "CARP, 35 a second, 5 s",
                        bed -> attack(bed, SHORT, "CARP", Forger::carp)),
                whole("a neighbour floods the nodes in its own name", "12,000 packets/s, 5 s",
                        bed -> flood(bed, "VRRP", bed.lab().host(STRANGER))),
                whole("a neighbour floods the nodes in a node's name", "12,000 packets/s, 5 s",
                        bed -> flood(bed, "FORGERY", bed.after(bed.home())))));
    }

    private static Bed bed(Programs programs) {
        Bed bed = new Bed(programs.agent(), new Setting(Setting.Plane.KERNEL, false, UNHURRIED));
        bed.lab().addHost(STRANGER, 66);
        return bed;
    }

    private static void forge(Forger forger, Bed bed) {
        for (int priority : new int[] {255, 254, 1, 0}) {
            forger.adverts(priority);
        }
        forger.orders(bed.masters());
    }

    /** The VIP must stay, every connect succeed, and each node name the attack once. */
    private static Finding attack(Bed bed, Duration time, String kind, Consumer<Forger> deed) {
        Host home = bed.home();
        try (Client client = bed.client(CONNECT_INTERVAL, 0);
                Forger forger = Forger.on(bed.lab().host(STRANGER), VRID, bed.masters().subList(0, 2))) {
            long from = System.nanoTime();
            deed.accept(forger);
            LockSupport.parkNanos(time.toNanos());
            Await.until(home + " names the attack", Bed.PATIENCE, () -> !said(bed, kind).isEmpty());
            client.awaitCalm(Bed.CALM, Bed.PATIENCE);
            Finding finding = Finding.unharmed(client.since(from), said(bed, kind));
            if (bed.vip().since(from).stream().anyMatch(tenure -> tenure.host() != home)) {
                finding = finding.but("the VIP was on another node");
            }
            long told = bed.logs().lines().filter(line -> line.contains(said(bed, kind))).count();
            return told <= bed.masters().size() ? finding : finding.but("it is told " + told + " times");
        }
    }

    /** The same, and it must not cost the thread of the election more than it may. */
    private static Finding flood(Bed bed, String kind, Host name) {
        AgentProcess agent = AgentProcess.on(bed.home());
        AtomicReference<Finding> finding = new AtomicReference<>();
        double calm = share(agent, () -> LockSupport.parkNanos(SHORT.toNanos()));
        double flooded = share(agent, () -> finding.set(
                attack(bed, SHORT, kind, forger -> forger.flood(FLOOD, name))));
        Finding measured = finding.get().alsoSaid(
                "the real-time thread has %.1f %% of a core, %.1f %% without".formatted(100 * flooded, 100 * calm));
        return flooded - calm < MOST_OF_A_CORE ? measured : measured.but("it costs the real-time thread more than 2 % of a core");
    }

    /** Of a processor, while something is done. */
    private static double share(AgentProcess agent, Runnable deed) {
        Duration before = agent.processorTime(ELECTION_THREAD);
        long from = System.nanoTime();
        deed.run();
        return agent.processorTime(ELECTION_THREAD).minus(before).toNanos() / (double) (System.nanoTime() - from);
    }

    /** What the holder says of it; empty: nothing yet. */
    private static String said(Bed bed, String kind) {
        Matcher conflicts = CONFLICT.matcher(bed.ask(bed.home(), "status json"));
        return conflicts.results().filter(found -> found.group(1).equals(kind)).map(found -> found.group(2)).findFirst().orElse("");
    }
}
