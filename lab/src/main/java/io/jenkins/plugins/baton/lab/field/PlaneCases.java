package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.experiment.Incident;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What happens to the data planes: nodes that are short of time, firewalls, interfaces that are made anew. */
final class PlaneCases {
    private static final String CHANGE = ": served by the ";
    private static final int PEER_LINK_PORT = 9011;
    private static final Duration STARVATION = Duration.ofSeconds(60);
    private static final Duration ADOPTION_TIME = Duration.ofSeconds(5);

    private PlaneCases() {}

    static FieldGroup<AgentTestbed> group() {
        return new FieldGroup<>(
                programs -> new AgentTestbed(programs.agent(), Variant.of(Plane.KERNEL)),
                List.of(
                        FieldCase.brief(
                                "all checks of the holder fail at once",
                                "nft drops their SYNs on m1",
                                PlaneCases::checksFailAtOnce),
                        FieldCase.brief(
                                "an agent restarts behind a firewall",
                                "nft drops 9011 and 8443 on m1, kill -9",
                                PlaneCases::restartBehindAFirewall),
                        FieldCase.brief(
                                "a backup's interface is deleted and created again",
                                "ip link del, ip link add on m3",
                                PlaneCases::interfaceMadeAnew),
                        FieldCase.whole(
                                "four CPU hogs for each core on all nodes for 60 s",
                                "busy loops at normal priority",
                                PlaneCases::starvation)));
    }

    private static CaseResult checksFailAtOnce(AgentTestbed testbed) {
        Host m1 = testbed.home();
        try (Client client = testbed.client()) {
            Impact impact = Incident.measure(testbed, client, incident -> {
                firewall(m1, "output", "tcp flags syn tcp dport " + AddressPlan.BACKEND_PORT + " drop");
                Await.until(
                        "m1 finds no backend ready",
                        ClusterTestbed.AWAIT_TIMEOUT,
                        () -> reason(testbed, m1).contains("no backend is ready"));
            });
            return CaseResult.unharmed(impact, reason(testbed, m1));
        } finally {
            open(m1);
        }
    }

    private static CaseResult restartBehindAFirewall(AgentTestbed testbed) {
        Host m1 = testbed.home();
        try (Client client = testbed.client()) {
            firewall(m1, "input", "tcp dport { " + AddressPlan.FRONTEND_PORT + ", " + PEER_LINK_PORT + " } drop");
            Impact impact = Incident.measure(testbed, client, incident -> {
                testbed.kill(m1);
                testbed.start(m1);
                testbed.awaitHome();
                Await.pause(ADOPTION_TIME);
            });
            return CaseResult.unharmed(impact, reason(testbed, m1));
        } finally {
            open(m1);
        }
    }

    private static CaseResult interfaceMadeAnew(AgentTestbed testbed) {
        Host m3 = testbed.nodes().get(2);
        m3.removeInterface();
        m3.addInterface();
        Await.until(
                "m3 is as it was",
                ClusterTestbed.AWAIT_TIMEOUT,
                () -> m3.run("sysctl", "-n", "net.ipv4.conf.eth0.arp_ignore")
                        .output()
                        .strip()
                        .equals("1"));
        try (Client client = testbed.client()) {
            return CaseResult.unharmed(Incident.measure(testbed, client, incident -> {}), reason(testbed, m3));
        }
    }

    private static CaseResult starvation(AgentTestbed testbed) {
        int changes = planeChanges(testbed);
        List<Daemon> hogs = new ArrayList<>();
        try (Client client = testbed.client(Duration.ofMillis(50), 10)) {
            long begin = System.nanoTime();
            IntStream.range(0, 4 * Runtime.getRuntime().availableProcessors())
                    .forEach(hog -> hogs.add(
                            testbed.home().start("hog" + hog, List.of("sh", "-c", "while :; do :; done"), Map.of())));
            Await.pause(STARVATION);
            Impact impact = client.since(begin);
            int moves = testbed.vip().since(begin).size();
            int more = planeChanges(testbed) - changes;
            CaseResult finding = CaseResult.unharmed(impact, more + " plane changes, " + moves + " moves");
            return more + moves == 0 ? finding : finding.but("the planes or the VIP moved");
        } finally {
            hogs.forEach(Daemon::kill);
        }
    }

    private static int planeChanges(AgentTestbed testbed) {
        Matcher changes = Pattern.compile(Pattern.quote(CHANGE)).matcher(testbed.logs());
        return (int) changes.results().count();
    }

    private static void firewall(Host host, String hook, String rule) {
        host.run(
                        "nft",
                        "add table ip field; add chain ip field rules { type filter hook " + hook + " priority 0; };"
                                + " add rule ip field rules " + rule)
                .orThrow();
    }

    private static void open(Host host) {
        host.run("nft", "add table ip field; delete table ip field").orThrow();
    }

    private static String reason(AgentTestbed testbed, Host node) {
        return testbed.status(node, "planeReason").orElse("");
    }
}
