package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.Frontend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** A frontend of the kernel plane: what the proxy knows and has done, and what the kernel has done. */
final class CountedFrontend implements FrontendView {
    private final FrontendView proxied;
    private final String reason;
    private final KernelPlane plane;

    CountedFrontend(FrontendView proxied, String reason, KernelPlane plane) {
        this.proxied = proxied;
        this.reason = reason;
        this.plane = plane;
    }

    @Override
    public Frontend configuration() {
        return proxied.configuration();
    }

    @Override
    public PlaneChoice plane() {
        return plane.choice(configuration(), reason);
    }

    @Override
    public List<? extends BackendView> backends() {
        List<CountedBackend> counted = new ArrayList<>();
        for (BackendView backend : proxied.backends()) {
            counted.add(new CountedBackend(backend, plane));
        }
        return counted;
    }

    private long backendsSum(ToLongFunction<BackendView> count) {
        return backends().stream().mapToLong(count).sum();
    }

    @Override
    public long sessions() {
        return proxied.sessions() + plane.statistics().sessions(name());
    }

    @Override
    public long sessionsMax() {
        return Math.max(proxied.sessionsMax(), plane.statistics().mostSessions(name()));
    }

    @Override
    public long sessionsTotal() {
        return backendsSum(BackendView::sessionsTotal);
    }

    @Override
    public double sessionRate() {
        return proxied.sessionRate() + plane.statistics().rate(name());
    }

    @Override
    public long bytesIn() {
        return backendsSum(BackendView::bytesIn);
    }

    @Override
    public long bytesOut() {
        return backendsSum(BackendView::bytesOut);
    }

    @Override
    public long connectErrors() {
        return backendsSum(BackendView::connectErrors);
    }

    /** A connect that its backend refuses is tried again by the client itself, and goes to another one then. */
    @Override
    public long redispatches() {
        return proxied.redispatches() + connectErrors() - proxied.connectErrors();
    }

    @Override
    public long refused() {
        return proxied.refused();
    }
}
