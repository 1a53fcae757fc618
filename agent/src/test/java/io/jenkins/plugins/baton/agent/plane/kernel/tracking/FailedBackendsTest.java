package io.jenkins.plugins.baton.agent.plane.kernel.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.kernel.TestFrontend;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedBackendsTest {
    private static final long WINDOW = Duration.ofSeconds(2).toNanos();
    private final TestFrontend frontend =
            new TestFrontend(TestCluster.of("""
            nodes:
              - {name: m1, address: 192.0.2.1, priority: 110}
              - {name: m2, address: 192.0.2.2, priority: 100}
            frontends:
              - {name: api, bind: "127.0.0.1:8443", backends: {port: 6443}}
            """).frontends().get(0));
    private final BackendView m2 = frontend.backends().get(1);
    private final FailedBackends failed = new FailedBackends();

    @Test
    void oneThatStaysDownIsLostAMomentLaterAndOnce() {
        fall();
        assertThat(lost(WINDOW / 4, false)).isEmpty();
        assertThat(lost(WINDOW, false)).containsExactly(m2);
        assertThat(lost(2 * WINDOW, false)).isEmpty();
    }

    @Test
    void oneThatRecoversIsNotLost() {
        fall();
        frontend.set(1, Health.UP);
        assertThat(lost(WINDOW, false)).isEmpty();
    }

    @Test
    void nobodyIsLostWhenAllAreSaidToBeDown() {
        fall();
        assertThat(lost(WINDOW, true)).isEmpty();
        assertThat(lost(2 * WINDOW, false)).isEmpty();
    }

    private void fall() {
        frontend.set(1, Health.DOWN);
        failed.failed(m2, 0);
    }

    private List<BackendView> lost(long now, boolean lastResort) {
        return failed.lost(now, name -> lastResort);
    }
}
