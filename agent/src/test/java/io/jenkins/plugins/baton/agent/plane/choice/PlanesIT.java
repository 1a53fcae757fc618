package io.jenkins.plugins.baton.agent.plane.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.health.Health;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Plan;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the planes of three masters, and what clients notice of it; beside the rules of others. */
class PlanesIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration CALM = Duration.ofSeconds(1);
    private static final int CONNECTS = 300;

    private static PlanesLab lab;

    @BeforeAll
    static void open() throws Exception {
        lab = new PlanesLab();
        for (int master = 0; master < PlanesLab.MASTERS; master++) {
            lab.awaitHealth(master, Health.UP);
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
        try (Client client = client(Plan.VIP, 30)) {
            client.awaitCalm(CALM, SOON);
            lab.host(0).run("nft", "add table ip firewall; add chain ip firewall in { type filter hook input priority 0; };"
                    + " add rule ip firewall in tcp dport " + Plan.FRONTEND_PORT + " drop").orThrow();
            long start = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                lab.proxyOnly(0, 1);
                Await.until("m1 says so", SOON, () -> lab.frontend(0).plane().reason().contains("m2 has not said"));
                lab.awaitPlane(0, "kernel");
                client.awaitCalm(CALM, SOON);
                lab.meet();
                client.awaitCalm(CALM, SOON);
            }

            assertUnharmed(client.since(start));
        } finally {
            lab.host(0).run("nft", "delete table ip firewall").orThrow();
        }
    }

    @Test
    void lastGoodMapStaysWhenTheChecksOfTheHolderFailAllAtOnce() {
        try (Client client = client(Plan.VIP, 30)) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            lab.host(0).run("nft", "add table ip mute; add chain ip mute out { type filter hook output priority 0; };"
                    + " add rule ip mute out tcp flags syn tcp dport " + Plan.BACKEND_PORT + " drop").orThrow();
            Await.until("m1 finds no backend ready", SOON, () -> lab.frontend(0).backends().stream()
                    .allMatch(backend -> backend.health() == Health.DOWN));
            client.awaitCalm(CALM, SOON);
            assertThat(lab.frontend(0).plane().plane()).isEqualTo("kernel");
            assertThat(lab.frontend(0).plane().reason()).contains("no backend is ready, and those that were last");

            assertUnharmed(client.since(start));
        } finally {
            lab.host(0).run("nft", "delete table ip mute").orThrow();
            Await.until("m1 finds all ready", SOON, () -> lab.frontend(0).backends().stream()
                    .allMatch(backend -> backend.health() == Health.UP));
        }
    }

    @Test
    void clientsAreRefusedAtOnceWhenAllBackendsAreGone() {
        for (int backend = 0; backend < PlanesLab.MASTERS; backend++) {
            lab.backend(backend).stop();
        }
        for (int backend = 0; backend < PlanesLab.MASTERS; backend++) {
            lab.awaitHealth(backend, Health.DOWN);
        }
        lab.awaitPlane(0, "kernel");
        Await.until("a client is refused", SOON, () -> lab.lab().client()
                .run("curl", "-sk", "--max-time", "1", "https://" + Plan.VIP + ":" + Plan.FRONTEND_PORT + "/version")
                .status() == 7);
        for (int backend = 0; backend < PlanesLab.MASTERS; backend++) {
            lab.backend(backend).start();
        }
        for (int backend = 0; backend < PlanesLab.MASTERS; backend++) {
            lab.awaitHealth(backend, Health.UP);
        }
        lab.awaitPlane(0, "kernel");
    }

    @ParameterizedTest
    @ValueSource(strings = {Plan.VIP, Plan.VIP6})
    void reloadsThatChangeThePlaneLoseNothing(String vip) throws Exception {
        try (Client client = client(vip, 30)) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            List<String> reloads = new ArrayList<>();
            for (String plane : List.of("proxy", "auto", "proxy", "auto")) {
                for (int master = 0; master < PlanesLab.MASTERS; master++) {
                    reloads.add(reload(master, plane, start));
                    client.awaitCalm(CALM, SOON);
                }
            }
            lab.meet();
            client.awaitCalm(CALM, SOON);

            assertUnharmed(client.since(start), reloads);
        }
    }

    /** One reload after the other under so many packets that some meet the very moment in which the rules change. */
    @Test
    void packetsThatMeetTheChangeOfAllRulesLoseNothing() throws Exception {
        try (Client client = Client.start(lab.lab().client(), Plan.VIP, Plan.FRONTEND_PORT, Duration.ofMillis(1), 200,
                Duration.ofMinutes(3))) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            List<String> reloads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                reloads.add(reload(0, i % 2 == 0 ? "proxy" : "auto", start));
            }
            lab.meet();
            client.awaitCalm(CALM, SOON);

            assertUnharmed(client.since(start), reloads);
        }
    }

    /** @return what was done and when, for who looks for the cause of a loss */
    private static String reload(int master, String plane, long start) throws Exception {
        long begin = System.nanoTime();
        lab.reload(master, plane);
        lab.tellOthers(master);
        return "%s to %s at %d to %d ms".formatted(PlanesLab.name(master), plane,
                Duration.ofNanos(begin - start).toMillis(), Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void rulesFollowAnInterfaceThatIsMadeAnew(int master) {
        lab.host(master).removeInterface();
        Await.until("it is noticed", SOON, () -> lab.frontend(master).plane().reason().contains("no interface eth0"));
        lab.host(master).addInterface();
        lab.awaitPlane(master, "kernel");
        lab.take();
        lab.host(master).removeInterface();
        lab.host(master).addInterface(); // and once more, without a look between
        Await.until("the parameters are right", SOON, () -> lab.host(master)
                .run("sysctl", "-n", "net.ipv4.conf.eth0.arp_ignore").output().strip().equals("1"));
        lab.take();
        try (Client client = client(Plan.VIP, 30)) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            client.awaitCalm(CALM, SOON);
            Await.until("all are asked", SOON, () -> client.since(start).connects() > 100);

            assertUnharmed(client.since(start));
        }
        assertThat(lab.frontend(master).plane().plane()).isEqualTo("kernel");
    }

    @Test
    void parametersThatAStrangerChangesAreBack() {
        long before = lab.planes(1).rulesRestored();
        lab.host(1).run("sysctl", "-qw", "net.ipv4.conf.eth0.arp_ignore=0", "net.ipv4.conf.eth0.arp_announce=0").orThrow();
        Await.until("they are back", SOON, () -> lab.host(1)
                .run("sysctl", "-n", "net.ipv4.conf.eth0.arp_ignore", "net.ipv4.conf.eth0.arp_announce")
                .output().strip().equals("1\n2"));
        Await.until("it is counted", SOON, () -> lab.planes(1).rulesRestored() > before);
    }

    /** The servers listen on every address; there is no listener of the agent's beside them. */
    @Test
    void frontendOnThePortOfItsBackendsIsSpreadOverAllNodes() {
        try (Client client = Client.start(lab.lab().client(), Plan.VIP, Plan.BACKEND_PORT, Duration.ofMillis(5), 30,
                Duration.ofMinutes(3))) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            client.awaitCalm(CALM, SOON);
            Set<String> answering = new HashSet<>();
            Await.until("all nodes have answered", SOON, () -> {
                answering.add(lab.lab().client()
                        .run("curl", "-sk", "https://" + Plan.VIP + ":" + Plan.BACKEND_PORT + "/version").output());
                return answering.size() == PlanesLab.MASTERS;
            });
            client.awaitCalm(CALM, SOON);

            assertUnharmed(client.since(start));
        }
        assertThat(lab.planes(0).frontends().get(1).plane().plane()).isEqualTo("kernel");
    }

    @ParameterizedTest
    @ValueSource(strings = {Plan.VIP, Plan.VIP6})
    void aHundredChangesOfTheMapAreNotNoticed(String vip) {
        Random random = new Random(86);
        try (Client client = client(vip, 30)) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                Planes changing = lab.planes(random.nextInt(PlanesLab.MASTERS));
                int backend = random.nextInt(PlanesLab.MASTERS);
                int weight = 1 + random.nextInt(256);
                changing.frontends().forEach(frontend -> frontend.backends().get(backend).setWeight(weight));
                Await.pause(Duration.ofMillis(20));
            }
            lab.resetWeights();
            client.awaitCalm(CALM, SOON);

            assertUnharmed(client.since(start));
        }
    }

    @Test
    void drainedBackendGetsNothingNew() {
        try (Client client = client(Plan.VIP, 30)) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            lab.backend(0, 2).drain();
            client.awaitCalm(CALM, SOON);
            long before = lab.backend(2, 2).sessionsTotal();
            client.awaitCalm(CALM, SOON);
            Await.pause(Duration.ofMillis(600)); // counters may be half a second old
            assertThat(lab.backend(2, 2).sessionsTotal()).isEqualTo(before);
            lab.backend(0, 2).enable();
            client.awaitCalm(CALM, SOON);

            assertUnharmed(client.since(start));
        }
    }

    @Test
    void nodesCountWhatTheyServe() {
        long before = ofAll(BackendView::sessionsTotal);
        long bytesIn = ofAll(BackendView::bytesIn);
        long bytesOut = ofAll(BackendView::bytesOut);
        long open = ofAll(BackendView::sessions);
        try (Client client = client(Plan.VIP, 20)) {
            client.awaitCalm(CALM, SOON);

            Await.until("twenty are open", SOON, () -> ofAll(BackendView::sessions) >= open + 20);
            Await.until("all were counted", SOON, () -> ofAll(BackendView::sessionsTotal) >= before + 20);
            assertThat(ofAll(BackendView::bytesIn)).isGreaterThan(bytesIn + 20 * 500);
            assertThat(ofAll(BackendView::bytesOut)).isGreaterThan(bytesOut + 20 * 500);
            assertThat(lab.backend(1, 0).sessionsTotal()).as("m1 as m2 counts it").isZero();
        }
        Await.until("they have ended", SOON, () -> ofAll(BackendView::sessions) <= open);
    }

    @Test
    void restartedAgentAdoptsTheRulesThatAreThere() {
        try (Client client = client(Plan.VIP, 30)) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            for (int master = 0; master < PlanesLab.MASTERS; master++) {
                lab.restart(master);
                lab.hostsAnswer(master);
                Await.pause(CALM);
                lab.meet();
            }
            client.awaitCalm(CALM, SOON);

            assertUnharmed(client.since(start));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flush table ip baton", "delete table ip baton", "delete table inet baton"})
    void changesOfAStrangerAreNotedAlsoWhenOursFollowThem(String stranger) {
        long before = lab.planes(1).rulesRestored();
        lab.host(1).run("nft", stranger).orThrow();
        lab.backend(1, 2).setWeight(17);
        Await.until("the rules are back", SOON, () -> lab.planes(1).rulesRestored() == before + 1);
        lab.resetWeights();
        String rules = lab.host(1).run("nft", "list chain ip baton dispatch").orThrow().output();
        assertThat(rules).contains("goto dispatch0");
        assertThat(lab.host(1).run("nft", "list table inet baton").orThrow().output()).contains("arp_ignore");
    }

    @Test
    void rulesThatAStrangerFlushedAreBackWithinAMomentAndCounted() {
        try (Client client = client(Plan.VIP, 30)) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            long before = lab.planes(1).rulesRestored();
            lab.host(1).run("nft", "flush", "table", "ip", "baton").orThrow();
            Await.until("the rules are back", SOON, () -> lab.planes(1).rulesRestored() == before + 1);
            lab.host(1).run("nft", "delete", "table", "ip", "baton").orThrow();
            Await.until("the rules are back", SOON, () -> lab.planes(1).rulesRestored() == before + 2);
            client.awaitCalm(CALM, SOON);

            assertUnharmed(client.since(start));
        }
    }

    @Test
    void noConnectFailsWhenOneBackendRefuses() {
        lab.backend(2).stop();
        assertNoConnectFails();
        lab.awaitHealth(2, Health.DOWN);
        lab.backend(2).start();
        lab.awaitHealth(2, Health.UP);
    }

    @Test
    void noConnectFailsWhenOneBackendIsABlackHole() {
        lab.host(2).run("nft", "add table ip hole; add chain ip hole in { type filter hook input priority -300; };"
                + " add rule ip hole in tcp dport " + Plan.BACKEND_PORT + " drop").orThrow();
        assertNoConnectFails();
        lab.awaitHealth4(2, Health.DOWN);
        lab.host(2).run("nft", "delete", "table", "ip", "hole").orThrow();
        lab.awaitHealth(2, Health.UP);
    }

    private static void assertNoConnectFails() {
        try (Client client = client(Plan.VIP, 0)) {
            long start = System.nanoTime();
            Await.until("enough have tried", SOON, () -> client.since(start).connects() > CONNECTS);
            client.awaitCalm(CALM, SOON);

            assertThat(client.since(start).failed()).as("failed connects of %s", client.since(start)).isZero();
        }
    }

    /** What a node counts of all backends, summed over the nodes. */
    private static long ofAll(ToLongFunction<BackendView> count) {
        long sum = 0;
        for (int master = 0; master < PlanesLab.MASTERS; master++) {
            sum += lab.frontend(master).backends().stream().mapToLong(count).sum();
        }
        return sum;
    }

    private static Client client(String vip, int sessions) {
        return Client.start(lab.lab().client(), vip, Plan.FRONTEND_PORT, Duration.ofMillis(5), sessions,
                Duration.ofMinutes(3));
    }

    private static void assertUnharmed(Impact impact) {
        assertUnharmed(impact, List.of());
    }

    private static void assertUnharmed(Impact impact, List<String> reloads) {
        assertThat(impact.connects()).isGreaterThan(20);
        assertThat(impact.requests()).isGreaterThan(30);
        assertThat(impact.failed()).as("failed connects of %s, reloads %s", impact, reloads).isZero();
        assertThat(impact.lost()).as("lost sessions of %s, reloads %s", impact, reloads).isEmpty();
    }
}
