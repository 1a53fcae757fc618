package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Of m1 in a cluster of four, or of two. */
class MinorityDetectorTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long BEGIN = -3 * SECOND; // any clock will do

    private final MinorityDetector minority = new MinorityDetector();
    private final Peers peers = new Peers();

    @Test
    void nodeThatHearsHalfOfAllIsNotCutOff() throws Exception {
        hear("m2", true);

        assertThat(minority.isCutOff(cluster(4), peers, BEGIN)).isFalse();
    }

    @Test
    void nodeThatHearsLessIs() throws Exception {
        hear("m2", false);

        assertThat(minority.isCutOff(cluster(4), peers, BEGIN)).isTrue();
    }

    @Test
    void neitherOfTwoIs() throws Exception {
        hear("m2", false);

        assertThat(minority.isCutOff(cluster(2), peers, BEGIN)).isFalse();
    }

    /** The others come back one after the other, and then their agents speak. */
    @Test
    void nodeThatWasCutOffStaysSoForSomeSeconds() throws Exception {
        minority.isCutOff(cluster(4), peers, BEGIN);
        hear("m2", true);

        assertThat(minority.isCutOff(cluster(4), peers, BEGIN + 5 * SECOND)).isTrue();
        assertThat(minority.isCutOff(cluster(4), peers, BEGIN + 5 * SECOND + 1)).isFalse();
    }

    private void hear(String node, boolean present) {
        peers.learn(node, present, PeerCapabilities.parse(""));
    }

    private static Cluster cluster(int nodes) throws Exception {
        StringBuilder text = new StringBuilder("nodes:\n");
        for (int n = 1; n <= nodes; n++) {
            text.append("  - {name: m%1$d, address: 192.0.2.%1$d, priority: %2$d}%n".formatted(n, 110 - n));
        }
        return TestCluster.of(text.toString());
    }
}
