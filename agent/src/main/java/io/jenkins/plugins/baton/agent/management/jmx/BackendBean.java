package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.agent.plane.BackendHealth;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.Timestamps;

/** A backend at one moment; operations go to the backend as it is then. */
final class BackendBean implements BackendMXBean {
    private final BackendView backend;
    private final Backend configuration;
    private final BackendHealth health;
    private final CheckStatus check;

    private BackendBean(BackendView backend) {
        this.backend = backend;
        this.configuration = backend.configuration();
        this.health = backend.healthNow();
        this.check = backend.check();
    }

    static BackendBean of(FrontendTable plane, String frontend, String name) {
        return FrontendBean.view(plane, frontend).backends().stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .map(BackendBean::new)
                .orElseThrow(() -> new IllegalStateException("Backend " + name + " is no longer configured"));
    }

    @Override
    public String getName() {
        return configuration.name();
    }

    @Override
    public String getFrontend() {
        return backend.frontend();
    }

    @Override
    public String getAddress() {
        return configuration.endpoint().toString();
    }

    @Override
    public Health getHealth() {
        return health.health();
    }

    @Override
    public int getHealthCode() {
        return health.health().code();
    }

    @Override
    public String getHealthSince() {
        return Timestamps.format(health.since());
    }

    @Override
    public String getLastCheckResult() {
        return check.lastResult();
    }

    @Override
    public String getLastCheckAt() {
        return Timestamps.format(check.lastAt());
    }

    @Override
    public double getLastCheckMillis() {
        return CheckBean.millis(check);
    }

    @Override
    public int getWeight() {
        return backend.weight();
    }

    @Override
    public boolean isBackup() {
        return configuration.backup();
    }

    @Override
    public long getSessions() {
        return backend.sessions();
    }

    @Override
    public long getSessionsTotal() {
        return backend.sessionsTotal();
    }

    @Override
    public long getBytesIn() {
        return backend.bytesIn();
    }

    @Override
    public long getBytesOut() {
        return backend.bytesOut();
    }

    @Override
    public long getConnectErrors() {
        return backend.connectErrors();
    }

    @Override
    public void drain() {
        backend.drain(Reason.of(""));
    }

    @Override
    public void drain(String reason) {
        backend.drain(Reason.of(reason));
    }

    @Override
    public void enable() {
        backend.enable(Reason.of(""));
    }

    @Override
    public void enable(String reason) {
        backend.enable(Reason.of(reason));
    }

    @Override
    public int setWeight(int weight) {
        return setWeight(weight, "");
    }

    /** The reason is in the log with the arguments of the operation. */
    @Override
    public int setWeight(int weight, String reason) {
        int before = backend.weight();
        backend.setWeight(weight);
        return before;
    }
}
