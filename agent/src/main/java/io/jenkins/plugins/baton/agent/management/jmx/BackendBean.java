package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.Timestamps;

final class BackendBean implements BackendMXBean {
    private final FrontendTable plane;
    private final String frontend;
    private final String name;

    BackendBean(FrontendTable plane, String frontend, String name) {
        this.plane = plane;
        this.frontend = frontend;
        this.name = name;
    }

    private BackendView now() {
        return FrontendBean.view(plane, frontend).backends().stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Backend " + name + " is no longer configured"));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getFrontend() {
        return frontend;
    }

    @Override
    public String getAddress() {
        return now().configuration().endpoint().toString();
    }

    @Override
    public String getHealth() {
        return now().health().name();
    }

    @Override
    public int getHealthCode() {
        return now().health().code();
    }

    @Override
    public String getHealthSince() {
        return Timestamps.format(now().healthSince());
    }

    @Override
    public String getLastCheckResult() {
        return now().check().lastResult();
    }

    @Override
    public String getLastCheckAt() {
        return Timestamps.format(now().check().lastAt());
    }

    @Override
    public double getLastCheckMillis() {
        return CheckBean.millis(now().check());
    }

    @Override
    public int getWeight() {
        return now().weight();
    }

    @Override
    public boolean isBackup() {
        return now().configuration().backup();
    }

    @Override
    public long getSessions() {
        return now().sessions();
    }

    @Override
    public long getSessionsTotal() {
        return now().sessionsTotal();
    }

    @Override
    public long getBytesIn() {
        return now().bytesIn();
    }

    @Override
    public long getBytesOut() {
        return now().bytesOut();
    }

    @Override
    public long getConnectErrors() {
        return now().connectErrors();
    }

    @Override
    public void drain() {
        now().drain();
    }

    @Override
    public void enable() {
        now().enable();
    }

    @Override
    public int setWeight(int weight) {
        BackendView backend = now();
        int before = backend.weight();
        backend.setWeight(weight);
        return before;
    }
}
