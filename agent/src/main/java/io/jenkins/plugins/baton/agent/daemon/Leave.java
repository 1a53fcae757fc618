package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.plane.DataPlane;
import io.jenkins.plugins.baton.cluster.Frontend;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last time of an agent that was told to end, when another node has its addresses: sessions may come to their end. */
final class Leave {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Somebody who may lose patience. */
    interface Urging {
        /** Waits for that time, or until the agent is told to end at once; returns whether it was. */
        boolean within(Duration time) throws InterruptedException;
    }

    private Leave() {}

    /** How long sessions may go on: the longest drain timeout. */
    static Duration patience(List<Frontend> frontends) {
        return frontends.stream()
                .map(frontend -> frontend.timeouts().drain())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Returns when sessions have ended, have had their time, or somebody urges. */
    static void of(DataPlane plane, Urging urging) throws InterruptedException {
        long begin = System.nanoTime();
        long open = plane.lingering(Duration.ZERO);
        if (open == 0) {
            return;
        }
        LOG.info("waiting for the end of {} open sessions, as timeouts.drain says; a second SIGTERM ends the agent", open);
        boolean urged = false;
        while (!urged && plane.lingering(Duration.ofNanos(System.nanoTime() - begin)) > 0) {
            urged = urging.within(LOOK);
        }
        long cut = plane.lingering(Duration.ZERO);
        if (cut > 0) {
            LOG.info(
                    "{} sessions are cut: {}",
                    cut,
                    urged ? "the agent was told to end at once" : "they did not end within timeouts.drain");
        }
    }
}
