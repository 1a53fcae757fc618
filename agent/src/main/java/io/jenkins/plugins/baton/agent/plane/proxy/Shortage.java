package io.jenkins.plugins.baton.agent.plane.proxy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node ran out of file descriptors, ports or memory: counts it every time and says it once a minute. */
final class Shortage {
    private static final Logger LOG = LoggerFactory.getLogger(Shortage.class);
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongAdder count = new LongAdder();
    private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - SILENCE_NANOS);

    long count() {
        return count.sum();
    }

    void tell(String attempted, String happened) {
        count.increment();
        long now = System.nanoTime();
        long last = lastTold.get();
        if (now - last >= SILENCE_NANOS && lastTold.compareAndSet(last, now)) {
            LOG.warn(
                    "Could not {}: {}. This happened {} times up to now; more file descriptors: LimitNOFILE in the unit",
                    attempted,
                    happened,
                    count());
        }
    }
}
