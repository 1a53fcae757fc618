package io.jenkins.plugins.baton.agent.tether;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is concluded from what happens to a connection. */
class CordTest {
    private static final long MS = 1_000_000;

    private final Cord cord = new Cord(0);

    @Test
    void orderlyEndThatIsFollowedByARefusalIsTheEndOfTheAgent() {
        hold(0);
        cord.closed(10 * MS);

        assertThat(cord.isDueToConnect(10 * MS)).isTrue();
        cord.connecting(10 * MS);
        assertThat(cord.refused(11 * MS)).isTrue();
    }

    @Test
    void refusalAloneIsNotTheEndOfAnAgentThatWasNeverHeard() {
        cord.connecting(0);

        assertThat(cord.refused(1 * MS)).isFalse();
        assertThat(cord.isDueToConnect(1 * MS)).isFalse();
        assertThat(cord.isDueToConnect(1 * MS + Cord.PAUSE)).isTrue();
    }

    @Test
    void resetConnectionIsMadeAnewAndARefusalThenProvesNothing() {
        hold(0);
        cord.broke(10 * MS);

        assertThat(cord.isDueToConnect(10 * MS)).isTrue();
        cord.connecting(10 * MS);
        assertThat(cord.refused(11 * MS)).isFalse();
    }

    @Test
    void dyingProcessThatStillAcceptsIsAskedAgainUntilItRefuses() {
        hold(0);
        cord.closed(10 * MS);
        for (int i = 0; i < 5; i++) {
            long now = (10 + 2 * i) * MS;
            assertThat(cord.isDueToConnect(now)).isTrue();
            cord.connecting(now);
            cord.connected();
            cord.broke(now);
        }
        cord.connecting(20 * MS);

        assertThat(cord.refused(20 * MS)).isTrue();
    }

    @Test
    void agentThatSpeaksAgainHasNotEnded() {
        hold(0);
        cord.closed(10 * MS);
        hold(10 * MS);
        cord.broke(20 * MS);
        cord.connecting(20 * MS);

        assertThat(cord.refused(20 * MS)).isFalse();
    }

    @Test
    void whoAlwaysHangsUpBeforeItSpeaksIsNotAskedInAHurryForEver() {
        for (int i = 0; i < 3; i++) {
            long now = i * Cord.PAUSE;
            assertThat(cord.isDueToConnect(now)).isTrue();
            cord.connecting(now);
            cord.connected();
            cord.closed(now);
            assertThat(cord.isDueToConnect(now + Cord.PAUSE - 1)).isFalse();
        }
    }

    @Test
    void silenceIsToldOnceUntilTheAgentIsHeard() {
        cord.connecting(0);
        assertThat(cord.isOverdue(Cord.PATIENCE - 1)).isFalse();
        assertThat(cord.isOverdue(Cord.PATIENCE)).isTrue();

        assertThat(cord.failed(Cord.PATIENCE)).isTrue();
        cord.connecting(2 * Cord.PATIENCE);
        assertThat(cord.failed(3 * Cord.PATIENCE)).isFalse();
        hold(4 * Cord.PATIENCE);
        cord.broke(4 * Cord.PATIENCE);
        cord.connecting(4 * Cord.PATIENCE);
        assertThat(cord.failed(5 * Cord.PATIENCE)).isTrue();
    }

    @Test
    void frozenAgentWhoseKernelAcceptsIsNotTethered() {
        cord.connecting(0);
        cord.connected();

        assertThat(cord.isHeld()).isFalse();
        assertThat(cord.isOverdue(Cord.PATIENCE)).isTrue();
    }

    private void hold(long now) {
        cord.connecting(now);
        cord.connected();
        cord.spoke();
    }
}
