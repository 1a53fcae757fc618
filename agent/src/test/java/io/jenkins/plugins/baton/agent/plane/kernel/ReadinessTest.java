package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.plane.kernel.Readiness.Ready;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three backends, whose checks take up to 8 s to notice that one is gone. */
class ReadinessTest {
    private final TestFrontend frontend =
            new TestFrontend(TestCluster.of("""
            nodes:
              - {name: m1, address: 192.0.2.1, priority: 110}
              - {name: m2, address: 192.0.2.2, priority: 100}
              - {name: m3, address: 192.0.2.3, priority: 90}
            virtualRouters:
              - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [192.0.2.9/32]}
            frontends:
              - name: api
                bind: "192.0.2.9:8443"
                check: {type: tcp, interval: 2s, timeout: 2s, fall: 2}
                backends: {port: 6443}
            """).frontends().get(0));
    private final Readiness readiness = new Readiness();
    private long now = Duration.ofDays(9).toNanos();

    @Test
    void thoseThatTheChecksFindReadyAre() {
        frontend.set(1, Health.DRAIN);
        frontend.set(2, Health.UNKNOWN);

        assertThat(after(0)).isEqualTo(new Ready(Set.of("m1", "m3"), false));
    }

    @Test
    void thoseThatFailTogetherGoOnAndOneThatFailedLongBeforeDoesNot() {
        after(0);
        frontend.set(2, Health.DOWN);
        after(0);
        after(3600);
        frontend.set(0, Health.DOWN);
        assertThat(after(3)).isEqualTo(new Ready(Set.of("m2"), false));
        frontend.set(1, Health.DOWN);

        assertThat(after(3)).isEqualTo(new Ready(Set.of("m1", "m2"), true));
        assertThat(after(3600)).as("an hour later").isEqualTo(new Ready(Set.of("m1", "m2"), true));
    }

    @Test
    void oneWasReadyUntilItIsSeenToHaveFailedHoweverLongNobodyLooked() {
        after(0);
        frontend.set(0, Health.DOWN);
        after(60);
        frontend.set(1, Health.DOWN);
        frontend.set(2, Health.DOWN);

        assertThat(after(7)).isEqualTo(new Ready(Set.of("m1", "m2", "m3"), true));
    }

    @Test
    void firstOneThatIsReadyAgainEndsIt() {
        after(0);
        List.of(0, 1, 2).forEach(backend -> frontend.set(backend, Health.DOWN));
        assertThat(after(1)).isEqualTo(new Ready(Set.of("m1", "m2", "m3"), true));
        frontend.set(1, Health.UP);

        assertThat(after(1)).isEqualTo(new Ready(Set.of("m2"), false));
    }

    @Test
    void whatAnOperatorDrainedIsNoLastResort() {
        after(0);
        frontend.backends().get(0).drain("a test");
        List.of(1, 2).forEach(backend -> frontend.set(backend, Health.DOWN));

        assertThat(after(1)).isEqualTo(new Ready(Set.of("m2", "m3"), true));
        frontend.backends().get(1).drain("a test");
        frontend.backends().get(2).drain("a test");
        assertThat(after(1).backends()).isEmpty();
    }

    @Test
    void whereNobodyWasEverReadyAllAreTheLastResort() {
        List.of(0, 1, 2).forEach(backend -> frontend.set(backend, Health.DOWN));

        assertThat(after(0)).isEqualTo(new Ready(Set.of("m1", "m2", "m3"), true));
    }

    @Test
    void backendThatWasTakenOutAndComesBackWasNeverReady() {
        after(0);
        readiness.of(List.of(), now); // all backends have left the cluster file
        List.of(0, 2).forEach(backend -> frontend.set(backend, Health.DOWN));
        assertThat(after(1)).isEqualTo(new Ready(Set.of("m2"), false));
        frontend.set(1, Health.DOWN);

        assertThat(after(1)).isEqualTo(new Ready(Set.of("m2"), true));
    }

    private Ready after(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        return readiness.of(List.of(frontend), now).get("api");
    }
}
