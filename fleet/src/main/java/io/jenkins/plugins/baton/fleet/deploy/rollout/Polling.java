package io.jenkins.plugins.baton.fleet.deploy.rollout;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Pause;
import java.time.Duration;

/** How often the nodes are asked while a node has its turn. */
final class Polling {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private Polling() {}

    static void pause() throws FleetException {
        Pause.of(INTERVAL, "interrupted during a node's turn");
    }
}
