package io.jenkins.plugins.baton.agent.plane.kernel.tracking;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Backends of other nodes that went down: connections that this node and its pods have to them would hang. They are lost
 * only a moment later, when it is known whether all are said to be down: then it is this node that is in trouble. Pure:
 * time comes from outside.
 */
public final class FailedBackends {
    private static final Duration REJECT_WINDOW = Duration.ofSeconds(1);

    private final Map<BackendView, Long> failed = new HashMap<>();

    /** Whether none waits to be known as lost. */
    public boolean isEmpty() {
        return failed.isEmpty();
    }

    public void failed(BackendView backend, long now) {
        failed.put(backend, now);
    }

    /**
     * Those that are lost now; each is told once.
     *
     * @param lastResort whether a frontend has no backend that is ready
     */
    public List<BackendView> lost(long now, Predicate<String> lastResort) {
        List<BackendView> lost = new ArrayList<>();
        for (Map.Entry<BackendView, Long> entry : Map.copyOf(failed).entrySet()) {
            BackendView backend = entry.getKey();
            boolean stillDown = backend.health() == Health.DOWN;
            boolean known = now - entry.getValue() > REJECT_WINDOW.toNanos();
            if (stillDown && known && !lastResort.test(backend.frontend())) {
                lost.add(backend);
            }
            if (!stillDown || known) {
                failed.remove(backend);
            }
        }
        return lost;
    }
}
