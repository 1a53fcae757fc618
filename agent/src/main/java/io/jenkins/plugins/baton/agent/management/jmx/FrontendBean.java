package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.jmx.FrontendMXBean;
import java.util.Locale;

final class FrontendBean implements FrontendMXBean {
    private final FrontendTable plane;
    private final String name;

    FrontendBean(FrontendTable plane, String name) {
        this.plane = plane;
        this.name = name;
    }

    private FrontendView now() {
        return view(plane, name);
    }

    static FrontendView view(FrontendTable plane, String name) {
        return plane.frontends().stream()
                .filter(frontend -> frontend.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Frontend " + name + " is no longer configured"));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getBind() {
        return now().configuration().bind().toString();
    }

    @Override
    public String getPlane() {
        return now().plane().plane();
    }

    @Override
    public String getPlaneReason() {
        return now().plane().reason();
    }

    @Override
    public String getBalance() {
        return now().configuration().balance().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public long getSessions() {
        return now().sessions();
    }

    @Override
    public long getSessionsMax() {
        return now().sessionsMax();
    }

    @Override
    public long getSessionsTotal() {
        return now().sessionsTotal();
    }

    @Override
    public double getSessionRate() {
        return now().sessionRate();
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
    public long getRedispatches() {
        return now().redispatches();
    }

    @Override
    public long getRefused() {
        return now().refused();
    }
}
