package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.agent.plane.BackendHealth;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Counter;
import io.jenkins.plugins.baton.cluster.Backend;

/** What the proxy knows of a backend and has done with it, and what the kernel has done. */
final class CountedBackend implements BackendView {
    private final BackendView proxied;
    private final KernelPlane plane;

    CountedBackend(BackendView proxied, KernelPlane plane) {
        this.proxied = proxied;
        this.plane = plane;
    }

    /** There is another one whenever a frontend is asked for its backends. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CountedBackend counted && proxied.equals(counted.proxied);
    }

    @Override
    public int hashCode() {
        return proxied.hashCode();
    }

    private long count(Counter counter) {
        return plane.statistics().count(frontend(), configuration().endpoint(), counter);
    }

    @Override
    public String frontend() {
        return proxied.frontend();
    }

    @Override
    public Backend configuration() {
        return proxied.configuration();
    }

    @Override
    public BackendHealth healthNow() {
        return proxied.healthNow();
    }

    @Override
    public CheckStatus check() {
        return proxied.check();
    }

    @Override
    public int weight() {
        return proxied.weight();
    }

    @Override
    public long sessions() {
        return proxied.sessions()
                + plane.statistics()
                        .sessions(frontend(), configuration().endpoint().address());
    }

    @Override
    public long sessionsTotal() {
        return proxied.sessionsTotal() + count(Counter.CONNECTIONS);
    }

    @Override
    public long bytesIn() {
        return proxied.bytesIn() + count(Counter.BYTES_IN);
    }

    @Override
    public long bytesOut() {
        return proxied.bytesOut() + count(Counter.BYTES_OUT);
    }

    @Override
    public long connectErrors() {
        return proxied.connectErrors() + count(Counter.REFUSED);
    }

    @Override
    public boolean drained() {
        return proxied.drained();
    }

    @Override
    public void drain(String reason) {
        proxied.drain(reason);
    }

    @Override
    public void enable(String reason) {
        proxied.enable(reason);
    }

    @Override
    public void setWeight(int weight) {
        proxied.setWeight(weight);
        plane.refresh();
    }
}
