package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.cluster.Frontend;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last time of an agent that was told to end, when another node has its addresses: sessions may come to their end. */
final class SessionDrain {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    /** A second request to stop. */
    interface StopRequest {
        /** Waits for that time, or until the agent is told to end at once; returns whether it was. */
        boolean within(Duration time) throws InterruptedException;
    }

    private SessionDrain() {}

    /** How long sessions may go on: the longest drain timeout. */
    static Duration drainTimeout(List<Frontend> frontends) {
        return frontends.stream()
                .map(frontend -> frontend.timeouts().drain())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Returns when sessions have ended, have had their time, or a second request to stop comes. */
    static void of(FrontendTable plane, StopRequest stopRequest) throws InterruptedException {
        long begin = System.nanoTime();
        long open = plane.lingering(Duration.ZERO);
        if (open == 0) {
            return;
        }
        LOG.info(
                "waiting up to timeouts.drain for {} open sessions to end; a second SIGTERM ends the agent at once",
                open);
        long cut = 0;
        boolean stopRequested = false;
        Duration told = Duration.ZERO;
        while (!stopRequested && plane.lingering(told) > 0) {
            cut += plane.thinOut(told, POLL_INTERVAL);
            stopRequested = stopRequest.within(POLL_INTERVAL);
            told = Duration.ofNanos(System.nanoTime() - begin);
        }
        cut += plane.lingering(Duration.ZERO);
        if (cut > 0) {
            LOG.info(
                    "closed {} open sessions: {}",
                    cut,
                    stopRequested ? "the agent was told to end at once" : "they did not end within timeouts.drain");
        }
    }
}
