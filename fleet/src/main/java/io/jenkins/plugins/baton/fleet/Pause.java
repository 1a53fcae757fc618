package io.jenkins.plugins.baton.fleet;

import java.time.Duration;

/** The time between two looks at something. */
public final class Pause {
    private Pause() {}

    /**
     * @param interrupted what an interrupt means here, a sentence
     * @throws FleetException FAILED with that sentence; the thread stays interrupted
     */
    public static void of(Duration time, String interrupted) throws FleetException {
        try {
            Thread.sleep(Math.max(0, time.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetException.failed(interrupted, e);
        }
    }
}
