package io.jenkins.plugins.baton.agent.router.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the election's thread may rely on when it tells a data plane something. */
class DataPlaneNotifierTest {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final Move MOVE = new Move("kube-master", "eth0", List.of(), false);

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch blocked = new CountDownLatch(1);

    @Test
    void planeHearsInTheOrderInWhichThingsHappen() throws Exception {
        blocked.countDown();
        try (DataPlaneNotifier notifier = DataPlaneNotifier.open(new Plane())) {
            notifier.hostChanged("m1", false);
            notifier.taking(MOVE);
            Await.until("the plane has heard of it", AWAIT_TIMEOUT, () -> heard.size() == 2);

            assertThat(heard).containsExactly("m1 false", "taking kube-master");
        }
    }

    @Test
    void electionGoesOnWithoutAPlaneThatIsBusyAndThePlaneMissesNothing() throws Exception {
        try (DataPlaneNotifier notifier = DataPlaneNotifier.open(new Plane())) {
            assertThat(notifier.taking(MOVE)).isFalse();
            notifier.releasing(MOVE);
            notifier.released(MOVE);
            assertThat(heard).isEmpty();
            blocked.countDown();

            Await.until("the plane has heard of it all", AWAIT_TIMEOUT, () -> heard.size() == 3);
            assertThat(heard).containsExactly("taking kube-master", "releasing kube-master", "released kube-master");
        }
    }

    private final class Plane implements VipTransitionListener {
        @Override
        public void hostChanged(String node, boolean present) {
            heard.add(node + " " + present);
        }

        @Override
        public void taking(Move move) {
            try {
                blocked.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            heard.add("taking " + move.router());
        }

        @Override
        public void releasing(Move move) {
            heard.add("releasing " + move.router());
        }

        @Override
        public void released(Move move) {
            heard.add("released " + move.router());
        }
    }
}
