package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.jmx.AgentMXBean;
import io.jenkins.plugins.baton.jmx.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The agent at one moment. */
final class AgentBean implements AgentMXBean {
    private final AgentState state;
    private final VirtualRouters routers;
    private final Supplier<List<String>> connectedPeers;
    private final FrontendTable plane;
    private final AgentCounters counters;

    AgentBean(
            AgentState state,
            VirtualRouters routers,
            Supplier<List<String>> connectedPeers,
            FrontendTable plane,
            AgentCounters counters) {
        this.counters = counters;
        this.connectedPeers = connectedPeers;
        this.state = state;
        this.routers = routers;
        this.plane = plane;
    }

    @Override
    public String getNode() {
        return state.node();
    }

    @Override
    public String getCluster() {
        return state.file().cluster().name();
    }

    @Override
    public String getVersion() {
        return state.version();
    }

    @Override
    public String getStartedAt() {
        return Timestamps.format(state.startedAt());
    }

    @Override
    public long getUptimeMillis() {
        return Duration.between(state.startedAt(), Instant.now()).toMillis();
    }

    @Override
    public String getConfigHash() {
        return state.file().hash();
    }

    @Override
    public String getConfigFile() {
        return state.file().path().toString();
    }

    @Override
    public String getConfigError() {
        return state.configError();
    }

    @Override
    public String getWaitsFor() {
        return state.waitsFor();
    }

    @Override
    public String getPlane() {
        return plane.frontends().stream()
                .map(frontend -> frontend.plane().plane())
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    @Override
    public long getRulesRestored() {
        return counters.rulesRestored().getAsLong();
    }

    @Override
    public List<String> getConnectedPeers() {
        return connectedPeers.get();
    }

    @Override
    public List<String> getUnreachableHosts() {
        return routers.unreachableHosts();
    }

    @Override
    public int getConnectedPeerCount() {
        return getConnectedPeers().size();
    }

    @Override
    public int getUnreachableHostCount() {
        return getUnreachableHosts().size();
    }

    @Override
    public long getJmxRefused() {
        return counters.jmxRefused().getAsLong();
    }

    @Override
    public long getEventsDropped() {
        return counters.eventsDropped().getAsLong();
    }

    @Override
    public long getAccessLogDropped() {
        return counters.accessLogDropped().getAsLong();
    }

    @Override
    public long getResourceExhaustions() {
        return counters.resourceExhaustions().getAsLong();
    }

    @Override
    public String getRealTime() {
        return routers.thread().realTime();
    }

    @Override
    public String getMemoryLock() {
        return routers.thread().memoryLock();
    }

    @Override
    public double getTimerLatenessMaxMillis() {
        return routers.thread().latenessMaxNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public long getStalls() {
        return routers.thread().stalls();
    }
}
