package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.jmx.federation.NodeMXBean;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The connection to one node at one moment. */
final class NodeBean implements NodeMXBean {
    private final Node node;
    private final String problem;
    private final Optional<Sample> sample;
    private final long ageMillis;

    NodeBean(Node node, NodeFeed feed) {
        this.node = node;
        this.sample = feed.last();
        this.problem = feed.problem();
        this.ageMillis = sample.map(last -> TimeUnit.NANOSECONDS.toMillis(feed.ageNanos(last)))
                .orElse(-1L);
    }

    @Override
    public String getName() {
        return node.name();
    }

    @Override
    public String getAddress() {
        return node.address().getHostAddress();
    }

    @Override
    public boolean isConnected() {
        return problem.isEmpty();
    }

    @Override
    public String getProblem() {
        return problem;
    }

    @Override
    public long getAgeMillis() {
        return ageMillis;
    }

    @Override
    public String getSampledAt() {
        return sample.map(last -> last.status().sampledAt()).orElse("");
    }
}
