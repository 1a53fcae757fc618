package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Of m1; m2's host comes and goes, and its agent speaks or does not. */
class DoubtfulHostsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long BEGIN = -3 * SECOND; // any clock will do

    private final DoubtfulHosts doubtful = new DoubtfulHosts();
    private final Peers peers = new Peers();

    @Test
    void hostThatHasBeenThereWithItsAgentIsNoneOfThem() throws Exception {
        learn(true, "serves:api");
        exist(BEGIN);

        assertThat(exist(BEGIN + DoubtfulHosts.BACK)).isFalse();
    }

    /** Then its clients are to learn of it. */
    @Test
    void hostThatIsLostIsOneUntilItWasAskedAgain() throws Exception {
        learn(false, "");

        assertThat(exist(BEGIN)).isTrue();
        assertThat(exist(BEGIN + DoubtfulHosts.LOST - 1)).isTrue();
        assertThat(exist(BEGIN + DoubtfulHosts.LOST)).isFalse();
    }

    @Test
    void hostThatComesBackIsOneUntilAllNodesHaveAskedIt() throws Exception {
        learn(true, "serves:api");

        assertThat(exist(BEGIN)).isTrue();
        assertThat(exist(BEGIN + DoubtfulHosts.BACK - 1)).isTrue();
        assertThat(exist(BEGIN + DoubtfulHosts.BACK)).isFalse();
    }

    @Test
    void hostThatComesBackIsOneUntilItsAgentSpeaks() throws Exception {
        learn(true, "");
        exist(BEGIN);
        assertThat(exist(BEGIN + SECOND)).isTrue();

        learn(true, "serves:api");
        assertThat(exist(BEGIN + SECOND)).isFalse();
    }

    @Test
    void hostWithoutAnAgentIsOneForSomeSeconds() throws Exception {
        learn(true, "");
        exist(BEGIN);

        assertThat(exist(BEGIN + DoubtfulHosts.UNHEARD - 1)).isTrue();
        assertThat(exist(BEGIN + DoubtfulHosts.UNHEARD)).isFalse();
    }

    @Test
    void hostThatWasGoneMeanwhileIsOneAsLongAgain() throws Exception {
        learn(true, "");
        exist(BEGIN);
        learn(false, "");
        exist(BEGIN + SECOND);
        learn(true, "");
        exist(BEGIN + 2 * SECOND);

        assertThat(exist(BEGIN + DoubtfulHosts.UNHEARD + SECOND)).isTrue();
        assertThat(exist(BEGIN + DoubtfulHosts.UNHEARD + 2 * SECOND)).isFalse();
    }

    @Test
    void whereNoAgentSpeaksNobodyWaitsForOne() throws Exception {
        Cluster alone = cluster("none");
        learn(true, "");
        doubtful.exist(alone, peers, BEGIN);

        assertThat(doubtful.exist(alone, peers, BEGIN + DoubtfulHosts.BACK)).isFalse();
    }

    private void learn(boolean present, String capabilities) {
        peers.learn("m2", present, PeerCapabilities.parse(capabilities));
    }

    private boolean exist(long now) throws Exception {
        return doubtful.exist(cluster("{port: 9011}"), peers, now);
    }

    private static Cluster cluster(String peerLink) throws Exception {
        String text = """
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 110}
                  - {name: m2, address: 192.0.2.2, priority: 100}
                peerLink: %s
                """.formatted(peerLink);
        return TestCluster.of(text);
    }
}
