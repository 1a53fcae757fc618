package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.fleet.FleetException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Takes the times of the phases. One thread. */
final class Phases {
    private final List<Phase> phases = new ArrayList<>();

    /** What is done in a phase. */
    interface Work {
        /** @return what came of it, for a person */
        String run() throws FleetException;
    }

    /** A phase that fails counts too. */
    void time(String name, Work work) throws FleetException {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long began = System.nanoTime();
        String note = "failed";
        try {
            note = work.run();
        } finally {
            phases.add(new Phase(name, at.toString(), (System.nanoTime() - began) / 1_000_000, note));
        }
    }

    List<Phase> all() {
        return List.copyOf(phases);
    }
}
