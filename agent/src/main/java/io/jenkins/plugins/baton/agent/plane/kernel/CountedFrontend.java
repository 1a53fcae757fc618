package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Counter;
import io.jenkins.plugins.baton.cluster.Frontend;
import java.util.ArrayList;
import java.util.List;

/** What the proxy knows of a frontend and has done for it, and what the kernel has done. */
final class CountedFrontend implements FrontendView {
    private final FrontendView proxied;
    private final PlaneChoice wanted;
    private final KernelPlane plane;

    CountedFrontend(FrontendView proxied, PlaneChoice wanted, KernelPlane plane) {
        this.proxied = proxied;
        this.wanted = wanted;
        this.plane = plane;
    }

    @Override
    public Frontend configuration() {
        return proxied.configuration();
    }

    @Override
    public PlaneChoice plane() {
        return plane.choice(configuration(), wanted);
    }

    @Override
    public List<? extends BackendView> backends() {
        List<CountedBackend> counted = new ArrayList<>();
        for (BackendView backend : proxied.backends()) {
            counted.add(new CountedBackend(backend, plane));
        }
        return counted;
    }

    /** Not the sum of the backends, which falls when one leaves the cluster file. */
    private long counted(Counter counter) {
        return plane.statistics().count(name(), counter);
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
        return proxied.sessionsTotal() + counted(Counter.CONNECTIONS);
    }

    @Override
    public double sessionRate() {
        return proxied.sessionRate() + plane.statistics().rate(name());
    }

    @Override
    public long bytesIn() {
        return proxied.bytesIn() + counted(Counter.BYTES_IN);
    }

    @Override
    public long bytesOut() {
        return proxied.bytesOut() + counted(Counter.BYTES_OUT);
    }

    @Override
    public long connectErrors() {
        return proxied.connectErrors() + counted(Counter.REFUSED);
    }

    /** A connect that its backend refuses is tried again by the client itself, and goes to another one then. */
    @Override
    public long redispatches() {
        return proxied.redispatches() + counted(Counter.REFUSED);
    }

    @Override
    public long refused() {
        return proxied.refused();
    }
}
