package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Plan;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import io.jenkins.plugins.baton.lab.trial.Bed;
import io.jenkins.plugins.baton.lab.trial.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What happens to the data planes: nodes that are short of time, firewalls, interfaces that are made anew. */
final class PlaneCases {
    private static final Pattern REASON = Pattern.compile("\"planeReason\"\\s*:\\s*\"([^\"]*)\"");
    private static final String CHANGE = ": served by the ";
    private static final int PEER_LINK_PORT = 9011;
    private static final Duration STARVATION = Duration.ofSeconds(60);
    private static final Duration LONGER_THAN_ADOPTION = Duration.ofSeconds(5);

    private PlaneCases() {}

    static FieldGroup<Bed> group() {
        return new FieldGroup<>(
                programs -> new Bed(programs.agent(), new Setting(Setting.Plane.KERNEL, false, Setting.DEFAULT_INTERVAL)),
                List.of(
                        FieldCase.brief("all checks of the holder fail at once", "nft drops their SYNs on m1",
                                PlaneCases::checksFailAtOnce),
                        FieldCase.brief("an agent starts anew behind a firewall", "nft drops 9011 and 8443 on m1, kill -9",
                                PlaneCases::restartBehindAFirewall),
                        FieldCase.brief("a backup's interface is deleted and made again", "ip link del, ip link add on m3",
                                PlaneCases::interfaceMadeAnew),
                        FieldCase.whole("four CPU hogs for each core on all nodes for 60 s", "busy loops at normal priority",
                                PlaneCases::starvation)));
    }

    private static Finding checksFailAtOnce(Bed bed) {
        Host m1 = bed.home();
        try (Client client = bed.client()) {
            long begin = System.nanoTime();
            firewall(m1, "output", "tcp flags syn tcp dport " + Plan.BACKEND_PORT + " drop");
            try {
                Await.until("m1 finds no backend ready", Bed.PATIENCE, () -> reason(bed, m1).contains("no backend is ready"));
                client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                return Finding.unharmed(client.since(begin), reason(bed, m1));
            } finally {
                open(m1);
            }
        }
    }

    private static Finding restartBehindAFirewall(Bed bed) {
        Host m1 = bed.home();
        try (Client client = bed.client()) {
            firewall(m1, "input", "tcp dport { " + Plan.FRONTEND_PORT + ", " + PEER_LINK_PORT + " } drop");
            long begin = System.nanoTime();
            try {
                bed.kill(m1);
                bed.startAgent(m1);
                bed.awaitHome();
                Await.pause(LONGER_THAN_ADOPTION);
                client.awaitCalm(Bed.CALM, Bed.PATIENCE);
                return Finding.unharmed(client.since(begin), reason(bed, m1));
            } finally {
                open(m1);
            }
        }
    }

    private static Finding interfaceMadeAnew(Bed bed) {
        Host m3 = bed.masters().get(2);
        m3.removeInterface();
        m3.addInterface();
        Await.until("m3 is as it was", Bed.PATIENCE, () -> m3.run("sysctl", "-n", "net.ipv4.conf.eth0.arp_ignore")
                .output().strip().equals("1"));
        try (Client client = bed.client()) {
            long begin = System.nanoTime();
            client.awaitCalm(Bed.CALM, Bed.PATIENCE);
            return Finding.unharmed(client.since(begin), reason(bed, m3));
        }
    }

    private static Finding starvation(Bed bed) {
        int changes = planeChanges(bed);
        List<Daemon> hogs = new ArrayList<>();
        try (Client client = bed.client(Duration.ofMillis(50), 10)) {
            long begin = System.nanoTime();
            IntStream.range(0, 4 * Runtime.getRuntime().availableProcessors()).forEach(hog -> hogs.add(bed.home()
                    .start("hog" + hog, List.of("sh", "-c", "while :; do :; done"), Map.of())));
            Await.pause(STARVATION);
            Impact impact = client.since(begin);
            int moves = bed.vip().since(begin).size();
            int more = planeChanges(bed) - changes;
            Finding finding = Finding.unharmed(impact, more + " plane changes, " + moves + " moves");
            return more + moves == 0 ? finding : finding.but("the planes or the VIP moved");
        } finally {
            hogs.forEach(Daemon::kill);
        }
    }

    private static int planeChanges(Bed bed) {
        Matcher changes = Pattern.compile(Pattern.quote(CHANGE)).matcher(bed.logs());
        return (int) changes.results().count();
    }

    private static void firewall(Host host, String hook, String rule) {
        host.run("nft", "add table ip field; add chain ip field rules { type filter hook " + hook + " priority 0; };"
                + " add rule ip field rules " + rule).orThrow();
    }

    private static void open(Host host) {
        host.run("nft", "delete table ip field").orThrow();
    }

    private static String reason(Bed bed, Host master) {
        Matcher reason = REASON.matcher(bed.ask(master, "status json"));
        return reason.find() ? reason.group(1) : "";
    }
}
