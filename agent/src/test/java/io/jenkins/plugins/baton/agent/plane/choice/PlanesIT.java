package io.jenkins.plugins.baton.agent.plane.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.health.Health;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Plan;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.Random;
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

    @Test
    void aPeerWithoutTheRulesIsReachedByTheProxyAndSessionsSurviveTheChange() {
        try (Client client = client(Plan.VIP, 30)) {
            client.awaitCalm(CALM, SOON);
            long start = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                lab.proxyOnly(0, 1);
                lab.awaitPlane(0, "proxy"); // not at once where a check of m2 has just failed on a busy machine
                assertThat(lab.frontend(0).plane().reason()).contains("m2 has not said");
                client.awaitCalm(CALM, SOON);
                lab.meet();
                client.awaitCalm(CALM, SOON);
            }

            assertUnharmed(client.since(start));
        }
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
        assertThat(impact.connects()).isGreaterThan(20);
        assertThat(impact.requests()).isGreaterThan(30);
        assertThat(impact.failed()).as("failed connects of %s", impact).isZero();
        assertThat(impact.lostSessions()).as("lost sessions of %s", impact).isZero();
    }
}
