package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which backends new connections are for. When the checks say that none is ready, those that were until they failed, within
 * the time that a check takes to notice: backends on several hosts seldom fail at once, a node that is short of time, or
 * cut off, sees them fail at once. Where all of them are gone indeed, they refuse for themselves.
 *
 * <p>Remembers. Pure: time comes from outside.
 */
final class Readiness {
    private record Key(String frontend, String backend) {}

    /**
     * @param backends names of those that new connections are for
     * @param lastResort whether the checks say that none of them is ready
     */
    record Ready(Set<String> backends, boolean lastResort) {}

    /** When each was ready last, as far as was looked; when one is not any more, it was until this is asked. */
    private final Map<Key, Long> lastReady = new HashMap<>();

    private final Set<Key> ready = new HashSet<>();

    /**
     * By the frontend's name. Of backends that are not among them nothing is remembered: one that comes back is another.
     *
     * @param now nanoseconds of any clock that does not go back
     */
    Map<String, Ready> of(List<FrontendView> frontends, long now) {
        Set<Key> present = new HashSet<>();
        for (FrontendView frontend : frontends) {
            frontend.backends().forEach(backend -> present.add(new Key(frontend.name(), backend.name())));
        }
        lastReady.keySet().retainAll(present);
        ready.retainAll(present);
        return frontends.stream().collect(Collectors.toMap(FrontendView::name, frontend -> of(frontend, now)));
    }

    private Ready of(FrontendView frontend, long now) {
        List<? extends BackendView> wanted = frontend.backends().stream()
                .filter(backend -> backend.weight() > 0 && !backend.drained())
                .toList();
        Set<String> readyNow = names(wanted.stream().filter(Readiness::isReady).toList());
        frontend.backends().forEach(backend -> note(frontend, backend, readyNow.contains(backend.name()), now));
        if (!readyNow.isEmpty()) {
            return new Ready(readyNow, false);
        }
        long latest = wanted.stream()
                .mapToLong(backend -> lastReady(frontend, backend, now))
                .max()
                .orElse(now);
        long together = latest - noticing(frontend).toNanos();
        return new Ready(
                names(wanted.stream()
                        .filter(backend -> lastReady(frontend, backend, now) >= together)
                        .toList()),
                true);
    }

    private void note(FrontendView frontend, BackendView backend, boolean isReady, long now) {
        Key key = new Key(frontend.name(), backend.name());
        boolean wasReady = isReady ? !ready.add(key) : ready.remove(key);
        if (isReady || wasReady) {
            lastReady.put(key, now);
        }
    }

    private static boolean isReady(BackendView backend) {
        return backend.health() == Health.UP || backend.health() == Health.UNKNOWN;
    }

    /** One that was never ready counts as long gone. */
    private long lastReady(FrontendView frontend, BackendView backend, long now) {
        return lastReady.getOrDefault(
                new Key(frontend.name(), backend.name()),
                now - Duration.ofDays(1).toNanos());
    }

    /** By how much the checks of two backends that fail at once can be apart in saying so. */
    private static Duration noticing(FrontendView frontend) {
        return frontend.configuration()
                .check()
                .map(check -> noticing(check.timing()))
                .orElse(Duration.ZERO);
    }

    private static Duration noticing(Timing timing) {
        return timing.interval().plus(timing.timeout()).multipliedBy(timing.fall());
    }

    private static Set<String> names(List<? extends BackendView> backends) {
        return backends.stream().map(BackendView::name).collect(Collectors.toSet());
    }
}
