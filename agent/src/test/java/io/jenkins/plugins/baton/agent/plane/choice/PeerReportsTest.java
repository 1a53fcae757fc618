package io.jenkins.plugins.baton.agent.plane.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.plane.PeerAware;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of m2 and m3. */
class PeerReportsTest {
    private final Ear first = new Ear();
    private final Ear second = new Ear();
    private final PeerReports reports = new PeerReports(first);

    @BeforeEach
    void bothAreThere() {
        reports.expect(Set.of("m1", "m2", "m3"));
        reports.peer("m2", true, "serves:api");
        reports.peer("m3", true, "");
    }

    @Test
    void planeThatBeginsLaterHearsWhatWasSaidLast() {
        reports.peer("m3", false, "");
        reports.tell(second);
        reports.peer("m2", true, "");

        assertThat(first.heard).containsExactly("m2 is there: serves:api", "m3 is there: ", "m3 is gone: ");
        assertThat(second.heard)
                .containsExactlyInAnyOrder("m2 is there: serves:api", "m3 is gone: ", "m2 is there: ")
                .endsWith("m2 is there: ");
    }

    /** As the hosts that are not watched any more are said to be gone, on another thread. */
    @Test
    void nodeThatHasLeftTheFileIsForgottenAlsoWhenSomethingIsSaidOfItAfterwards() {
        reports.retain(Set.of("m1", "m2"));
        assertThat(reports.peer("m3", false, "")).isCompleted();
        reports.tell(second);

        assertThat(first.heard).doesNotContain("m3 is gone: ");
        assertThat(second.heard).containsExactly("m2 is there: serves:api");
    }

    @Test
    void nodeThatComesBackCounts() {
        reports.retain(Set.of("m1", "m2"));
        reports.expect(Set.of("m1", "m2", "m3"));
        reports.peer("m3", true, "serves:api");

        assertThat(first.heard).endsWith("m3 is there: serves:api");
    }

    private static final class Ear implements PeerAware {
        private final List<String> heard = new ArrayList<>();

        @Override
        public CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
            heard.add(node + (present ? " is there: " : " is gone: ") + capabilities);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public String capabilities() {
            return "";
        }
    }
}
