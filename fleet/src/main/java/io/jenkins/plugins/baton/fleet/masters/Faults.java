package io.jenkins.plugins.baton.fleet.masters;

import io.jenkins.plugins.baton.fleet.ssh.Command;
import java.time.Duration;
import java.util.List;

/** Ending faults of drills that are armed on a node. Harmless when there are none, or when the node has booted since. */
public final class Faults {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Faults() {}

    /** Ends the fault of one drill; prints why it never took effect, or nothing when it did. */
    public static Command end(String token) {
        return Script.of(Faults.class, "end-faults.sh", List.of(token)).within(LIMIT);
    }

    /** Ends all and prints their names. Only for one who has the lock. */
    static Command endAll() {
        return Script.of(Faults.class, "end-faults.sh", List.of()).within(LIMIT);
    }
}
