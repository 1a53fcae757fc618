package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.fleet.FleetException;
import java.time.Duration;

/** How often the nodes are asked while a node has its turn. */
final class Polling {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private Polling() {}

    static void pause() throws FleetException {
        try {
            Thread.sleep(INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetException.failed("interrupted during a node's turn; its state is as the last line says", e);
        }
    }
}
