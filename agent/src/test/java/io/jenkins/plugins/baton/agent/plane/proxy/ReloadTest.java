package io.jenkins.plugins.baton.agent.plane.proxy;

import static io.jenkins.plugins.baton.agent.plane.proxy.SessionLifeTest.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.FrontendCheck;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can change under running sessions. */
@Timeout(120)
class ReloadTest {
    private static final Timing OFTEN =
            new Timing(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(10), 1, 1);

    @Test
    void sessionsOfABackendThatGoesLiveOnAndNewOnesGoToTheOthers() throws Exception {
        try (TestServer before = TestServer.echo();
                TestServer after = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("before", before.address()).apply()) {
            Socket old = answered(bench);
            bench.backends.clear();
            bench.backend("after", after.address()).apply();

            Socket fresh = answered(bench);
            assertThat(bench.back("after").sessions()).isOne();
            assertThat(bench.front().backends()).extracting(ProxyBackend::name).containsExactly("after");
            assertStillThere(old);
            assertThat(bench.front().sessions()).isEqualTo(2);
            old.close();
            fresh.close();
        }
    }

    @Test
    void addressMayChangeUnderASession() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply()) {
            Socket old = answered(bench);
            Endpoint oldBind = bench.bind;
            bench.bind = new Endpoint(ProxyBench.loopback(), 8443);
            bench.apply();
            answered(bench).close();
            assertStillThere(old);
            assertThat(bench.front().sessionsTotal()).isEqualTo(2);
            assertThatThrownBy(() -> new Socket(oldBind.address(), oldBind.port()))
                    .hasMessageContaining("refused");
            old.close();
        }
    }

    @Test
    void idleTimeoutChangesForRunningSessionsToo() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = answered(bench)) {
            bench.idleTimeout = Duration.ofMillis(300);
            bench.apply();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void frontendThatIsGoneListensNoMoreButFinishesItsSessions() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = answered(bench)) {
            bench.apply(List.of());
            assertThat(bench.plane.frontends()).isEmpty();
            assertThatThrownBy(bench::connect).hasMessageContaining("refused");
            assertStillThere(client);
        }
    }

    @Test
    void addressThatIsTakenIsASentenceAndChangesNothing() throws Exception {
        try (TestServer server = TestServer.echo();
                ServerSocket stranger = new ServerSocket(0, 1, ProxyBench.loopback());
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = answered(bench)) {
            Endpoint bind = bench.bind;
            bench.bind = new Endpoint(stranger.getInetAddress(), stranger.getLocalPort());
            bench.idleTimeout = Duration.ofMillis(1);
            assertThatThrownBy(bench::apply)
                    .isInstanceOf(PlaneException.class)
                    .hasMessageContaining("frontend front cannot listen on " + bench.bind)
                    .hasMessageContaining("Address already in use")
                    .hasMessageContaining("ss -ltnp");
            bench.bind = bind;
            assertThat(bench.front().configuration().timeouts().idle()).isEqualTo(Duration.ofMinutes(5));
            answered(bench).close();
            assertStillThere(client);
        }
    }

    @Test
    void frontendMayListenOnAVirtualAddressThatIsNotHere() throws Exception {
        try (ProxyBench bench = new ProxyBench()) {
            // 192.0.2.0/24 is for documentation (RFC 5737), so no host has it.
            bench.bind = new Endpoint(InetAddress.getByName("192.0.2.77"), 18443);
            bench.backend("b", TestServer.refusing()).apply();
            assertThat(bench.front().plane().plane()).isEqualTo("proxy");
            assertThat(bench.front().plane().reason()).isNotEmpty();
            bench.bind = new Endpoint(InetAddress.getByName("2001:db8::77"), 18443);
            bench.apply();
        }
    }

    @Test
    void operatorsDrainOutlivesAReloadAndTheirWeightDoesNot() throws Exception {
        try (TestServer server = TestServer.echo();
                TestServer other = TestServer.echo();
                ProxyBench bench = new ProxyBench()
                        .backend("b", server.address())
                        .backend("other", other.address())
                        .apply()) {
            bench.back("b").drain("a test");
            bench.back("other").setWeight(7);
            assertThat(bench.back("b").health()).isEqualTo(Health.DRAIN);
            assertThat(bench.back("other").weight()).isEqualTo(7);
            bench.apply();
            assertThat(bench.back("b").health()).isEqualTo(Health.DRAIN);
            assertThat(bench.back("other").weight()).isOne();
            for (int i = 0; i < 4; i++) {
                answered(bench).close();
            }
            assertThat(bench.back("b").sessionsTotal()).isZero();
            bench.back("b").enable("a test");
            assertThat(bench.back("b").health()).isEqualTo(Health.UP);
            answered(bench).close();
            answered(bench).close();
            assertThat(bench.back("b").sessionsTotal()).isOne();
        }
    }

    /** As when a later part of the agent refuses the file, and the one before is applied again. */
    @Test
    void reloadThatIsTakenBackLosesNoOrderAndNoCount() throws Exception {
        try (TestServer server = TestServer.echo();
                TestServer other = TestServer.echo();
                ProxyBench bench = new ProxyBench()) {
            bench.check = Optional.of(new FrontendCheck(new Probe.Tcp(Optional.empty()), OFTEN));
            bench.backend("b", server.address())
                    .backend("other", other.address())
                    .apply();
            answered(bench).close();
            answered(bench).close();
            ProxyBench.await("b is up", () -> bench.back("b").health() == Health.UP);
            bench.back("b").drain("a test");
            Frontend before = bench.frontend();
            bench.backends.remove(0);
            bench.apply();
            bench.apply(List.of());
            bench.apply(List.of(before));

            assertThat(bench.back("b").health()).isEqualTo(Health.DRAIN);
            assertThat(bench.back("b").sessionsTotal()).isOne();
            assertThat(bench.front().sessionsTotal()).isEqualTo(2);
            Instant now = Instant.now();
            ProxyBench.await(
                    "it is checked again",
                    () -> bench.back("b").check().lastAt().filter(now::isBefore).isPresent());
        }
    }

    @Test
    void backendThatComesBackLaterIsAnother() throws Exception {
        try (TestServer server = TestServer.echo();
                TestServer other = TestServer.echo();
                ProxyBench bench = new ProxyBench()
                        .backend("b", server.address())
                        .backend("other", other.address())
                        .apply()) {
            bench.back("b").drain("a test");
            Frontend before = bench.frontend();
            bench.backends.remove(0);
            bench.apply();
            bench.plane.forgetFormer();
            bench.apply(List.of(before));

            assertThat(bench.back("b").health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void weightChangesAtOnce() throws Exception {
        try (TestServer a = TestServer.echo();
                TestServer b = TestServer.echo();
                ProxyBench bench = new ProxyBench()
                        .backend("a", a.address())
                        .backend("b", b.address())
                        .apply()) {
            bench.back("a").setWeight(0);
            for (int i = 0; i < 6; i++) {
                answered(bench).close();
            }
            assertThat(bench.back("b").sessionsTotal()).isEqualTo(6);
            assertThatThrownBy(() -> bench.back("a").setWeight(257)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bench.back("a").setWeight(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void backendKeepsItsCountersWhenItsSettingsChange() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply()) {
            answered(bench).close();
            Backend old = bench.backends.remove(0);
            bench.backend(new Backend("b", old.endpoint(), 5, true, 9)).apply();
            assertThat(bench.back("b").sessionsTotal()).isOne();
            assertThat(bench.back("b").weight()).isEqualTo(5);
            assertThat(bench.back("b").configuration().backup()).isTrue();
        }
    }

    private static void assertStillThere(Socket client) throws IOException {
        client.getOutputStream().write(9);
        assertThat(client.getInputStream().read()).isEqualTo(9);
    }
}
