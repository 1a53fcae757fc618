package io.jenkins.plugins.baton.agent.plane.kernel.tracking;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.ABSENT;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.DRAINED;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.SERVING;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Views;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LostSlotsTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private final ClusterView all = view(SERVING, SERVING, SERVING);
    private final ClusterView withoutThisNode = view(DRAINED, SERVING, SERVING);
    private final ClusterView withoutAnother = view(SERVING, ABSENT, SERVING);
    private final LostSlots slots = new LostSlots();

    @Test
    void nodeThatHasItsSlotsHasLostNone() {
        slots.changed(all, 0);
        assertThat(slots.of(all, 1)).isEmpty();
        assertThat(slots.areNew()).isFalse();
    }

    @Test
    void nodeWithoutASlotLooksForAsLongAsItHasNone() {
        slots.changed(all, 0);
        slots.changed(withoutThisNode, 1);
        assertThat(slots.of(withoutThisNode, 2)).isEqualTo(withoutThisNode.frontends());
        assertThat(slots.areNew()).isTrue();
        assertThat(slots.of(withoutThisNode, 10 * MINUTE)).isEqualTo(withoutThisNode.frontends());
        assertThat(slots.areNew()).isFalse();
    }

    @Test
    void slotsThatGoBackToAnotherNodeAreLostForTwoMinutes() {
        slots.changed(withoutAnother, 0);
        slots.changed(all, 1);
        assertThat(slots.of(all, 2 * MINUTE)).isEqualTo(all.frontends());
        assertThat(slots.of(all, 3 * MINUTE)).isEmpty();
        assertThat(slots.areNew()).isFalse();
    }

    @Test
    void slotsThatAreAddedAreNotLost() {
        slots.changed(all, 0);
        slots.changed(withoutAnother, 1);
        assertThat(slots.of(withoutAnother, 2)).isEmpty();
    }

    private static ClusterView view(Views.SeatState... states) {
        return Views.of(Views.frontend("10.86.13.36", 8443, states));
    }
}
