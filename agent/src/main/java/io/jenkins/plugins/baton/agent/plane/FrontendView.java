package io.jenkins.plugins.baton.agent.plane;

import io.jenkins.plugins.baton.cluster.Frontend;
import java.util.List;

/** What can be seen of a frontend. Counters run since the agent started; every method may be called from any thread. */
public interface FrontendView {

    /** As in the cluster file in use. */
    Frontend configuration();

    PlaneChoice plane();

    List<? extends BackendView> backends();

    /** Open now. */
    long sessions();

    /** Most open at once. */
    long sessionsMax();

    long sessionsTotal();

    /** New sessions per second over the last ten seconds. */
    double sessionRate();

    /** Bytes from clients. */
    long bytesIn();

    /** Bytes to clients. */
    long bytesOut();

    /** Attempts to connect to a backend that failed. */
    long connectErrors();

    /** Sessions that were tried on another backend after a failed connect. */
    long redispatches();

    /** Clients turned away because no backend could be reached or a limit was hit. */
    long refused();

    default String name() {
        return configuration().name();
    }
}
