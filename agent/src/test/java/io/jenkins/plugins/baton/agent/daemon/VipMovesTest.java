package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.handover.LingeringVips;
import io.jenkins.plugins.baton.agent.plane.PeerAware;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the plane hears of m2's host and m2's agent. */
class VipMovesTest {
    private final List<String> heard = new ArrayList<>();
    private final LingeringVips lingering = open();
    private final VipMoves moves = new VipMoves(new Ear(), lingering);

    @AfterEach
    void close() {
        lingering.close();
    }

    @Test
    void capabilitiesAreToldWithTheHostThatHasThem() {
        moves.advertised("m2", "serves:api");
        assertThat(heard).isEmpty();

        moves.hostChanged("m2", true);
        assertThat(heard).containsExactly("m2 is there: serves:api");
    }

    @Test
    void killedAgentsHostKeepsItsCapabilities() {
        serve();
        moves.disconnected("m2");
        moves.hostChanged("m2", true);

        assertThat(heard).containsExactly("m2 is there: serves:api");
    }

    @Test
    void hostThatWasCutOffForLessThanItsPeerLinkTakesKeepsItsCapabilities() {
        serve();
        moves.hostChanged("m2", false);
        moves.hostChanged("m2", true);

        assertThat(heard).containsExactly("m2 is gone: serves:api", "m2 is there: serves:api");
    }

    @Test
    void hostThatStartedAnewHasNoCapabilitiesUntilItsAgentSaysSo() {
        serve();
        moves.hostChanged("m2", false);
        moves.disconnected("m2");
        moves.hostChanged("m2", true);
        moves.advertised("m2", "serves:api");

        assertThat(heard).containsExactly("m2 is gone: serves:api", "m2 is there: ", "m2 is there: serves:api");
    }

    @Test
    void hostThatStartedAnewAfterItsAgentHadEndedHasNoCapabilities() {
        serve();
        moves.disconnected("m2");
        moves.hostChanged("m2", false);
        moves.hostChanged("m2", true);

        assertThat(heard).containsExactly("m2 is gone: ", "m2 is there: ");
    }

    private void serve() {
        moves.hostChanged("m2", true);
        moves.advertised("m2", "serves:api");
        heard.clear();
    }

    private static LingeringVips open() {
        try {
            return LingeringVips.open();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class Ear implements PeerAware {
        @Override
        public CompletableFuture<Void> peer(String node, boolean present, String text) {
            heard.add(node + (present ? " is there: " : " is gone: ") + text);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public String capabilities() {
            return "";
        }
    }
}
