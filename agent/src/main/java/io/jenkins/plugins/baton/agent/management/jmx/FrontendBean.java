package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.jmx.FrontendMXBean;
import java.util.Locale;

/** A frontend at one moment. */
final class FrontendBean implements FrontendMXBean {
    private final FrontendView frontend;
    private final Frontend configuration;
    private final PlaneChoice plane;

    private FrontendBean(FrontendView frontend) {
        this.frontend = frontend;
        this.configuration = frontend.configuration();
        this.plane = frontend.plane();
    }

    static FrontendBean of(FrontendTable plane, String name) {
        return new FrontendBean(view(plane, name));
    }

    static FrontendView view(FrontendTable plane, String name) {
        return plane.frontends().stream()
                .filter(frontend -> frontend.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Frontend " + name + " is no longer configured"));
    }

    @Override
    public String getName() {
        return configuration.name();
    }

    @Override
    public String getBind() {
        return configuration.bind().toString();
    }

    @Override
    public String getPlane() {
        return plane.plane();
    }

    @Override
    public String getPlaneReason() {
        return plane.reason();
    }

    @Override
    public String getBalance() {
        return configuration.balance().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public long getSessions() {
        return frontend.sessions();
    }

    @Override
    public long getSessionsMax() {
        return frontend.sessionsMax();
    }

    @Override
    public long getSessionsTotal() {
        return frontend.sessionsTotal();
    }

    @Override
    public double getSessionRate() {
        return frontend.sessionRate();
    }

    @Override
    public long getBytesIn() {
        return frontend.bytesIn();
    }

    @Override
    public long getBytesOut() {
        return frontend.bytesOut();
    }

    @Override
    public long getConnectErrors() {
        return frontend.connectErrors();
    }

    @Override
    public long getRedispatches() {
        return frontend.redispatches();
    }

    @Override
    public long getRefused() {
        return frontend.refused();
    }
}
