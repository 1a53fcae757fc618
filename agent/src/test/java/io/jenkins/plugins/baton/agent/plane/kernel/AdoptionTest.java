package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdoptionTest {
    private static final Set<String> FRONTENDS = Set.of("kube-apiserver");
    private static final long BEGAN = Duration.ofHours(1).toNanos();
    private static final long OVER = BEGAN + Adoption.MAX_DURATION.toNanos();

    private final Peers peers = new Peers();
    private final Adoption adoption = new Adoption(peers);

    @BeforeEach
    void peersHadRules() {
        adoption.begin(Set.of("m2", "m3"), FRONTENDS, BEGAN);
    }

    @Test
    void peersThatHadRulesAreTakenToServe() {
        assertThat(capabilitiesOf("m2").serves()).isEqualTo(FRONTENDS);
        assertThat(adoption.assumes("m2")).isTrue();
        assertThat(adoption.assumes("m4")).isFalse();
    }

    @Test
    void nothingIsTakenBackBeforeTheTimeIsOver() {
        adoption.expire(FRONTENDS, OVER - 1);

        assertThat(capabilitiesOf("m2").serves()).isEqualTo(FRONTENDS);
        assertThat(adoption.assumed()).containsExactlyInAnyOrder("m2", "m3");
    }

    @Test
    void peerThatIsNotHeardOfStaysInTheRingAndGetsNothingNew() {
        adoption.heard("m3");
        adoption.expire(FRONTENDS, OVER);

        assertThat(capabilitiesOf("m2")).isEqualTo(new PeerCapabilities(Set.of(), FRONTENDS, false));
        assertThat(capabilitiesOf("m3").serves()).isEqualTo(FRONTENDS);
        assertThat(adoption.assumed()).isEmpty();
    }

    @Test
    void rulesAreLeftAloneWhileABackendIsUncheckedAndTheTimeIsNotOver() throws Exception {
        TestFrontend unchecked = frontend(Health.UNKNOWN);

        assertThat(adoption.leavesRules(List.of(unchecked), OVER - 1)).isTrue();
        assertThat(adoption.leavesRules(List.of(unchecked), OVER)).isFalse();
        assertThat(adoption.leavesRules(List.of(frontend(Health.UP)), OVER - 1)).isFalse();
    }

    @Test
    void rulesAreNotLeftAloneWhenAllPeersWereHeardOf() throws Exception {
        adoption.heard("m2");
        adoption.heard("m3");

        assertThat(adoption.leavesRules(List.of(frontend(Health.UNKNOWN)), BEGAN))
                .isFalse();
    }

    private static TestFrontend frontend(Health health) throws Exception {
        String file = """
            cluster: test
            nodes:
              - {name: m1, address: 192.0.2.1, priority: 110}
            frontends:
              - {name: kube-apiserver, bind: "127.0.0.1:8443", backends: {port: 6443}}
            """;
        TestFrontend frontend =
                new TestFrontend(TestCluster.of(file).frontends().get(0));
        frontend.set(0, health);
        return frontend;
    }

    private PeerCapabilities capabilitiesOf(String node) {
        return peers.of(node).orElseThrow().capabilities();
    }
}
