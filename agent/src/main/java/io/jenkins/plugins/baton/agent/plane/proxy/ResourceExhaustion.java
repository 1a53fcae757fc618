package io.jenkins.plugins.baton.agent.plane.proxy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node ran out of file descriptors, ports or memory: counts it every time and says it once a minute. */
final class ResourceExhaustion {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceExhaustion.class);

    private final OnceAMinute times = new OnceAMinute();

    long count() {
        return times.count();
    }

    void tell(String attempted, String happened) {
        if (times.happened()) {
            LOG.warn(
                    "Could not {}: {}. This happened {} times so far; raise LimitNOFILE in the unit",
                    attempted,
                    happened,
                    times.count());
        }
    }
}
