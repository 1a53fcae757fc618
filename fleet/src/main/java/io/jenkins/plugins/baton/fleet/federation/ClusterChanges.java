package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.jmx.DescribedMXBean;
import io.jenkins.plugins.baton.jmx.federation.ClusterMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds out what of the cluster and of its connections changed, and tells it to JMX listeners. For one thread. */
final class ClusterChanges {
    private final DescribedMXBean cluster;
    private final Map<NodeFeed, DescribedMXBean> nodes = new LinkedHashMap<>();
    private final Map<NodeFeed, Boolean> connected = new LinkedHashMap<>();
    private Map<String, Object> last = Map.of();

    ClusterChanges(DescribedMXBean cluster) {
        this.cluster = cluster;
    }

    /** Before the first comparison. */
    void watch(NodeFeed feed, DescribedMXBean bean) {
        nodes.put(feed, bean);
        connected.put(feed, false);
    }

    void compare(ClusterMXBean now) {
        nodes.forEach((feed, bean) -> {
            String problem = feed.problem();
            boolean heard = problem.isEmpty();
            if (connected.put(feed, heard) != heard) {
                bean.attributeChanged("Connected", heard ? feed.name() + " is heard" : problem, !heard, heard);
            }
        });
        Map<String, Object> attributes = attributes(now);
        String reason = String.join("; ", now.getMissing());
        Map<String, Object> earlier = last;
        last = attributes; // before listeners are told: what one of them throws is not told again and again
        attributes.forEach((attribute, value) -> {
            Object before = earlier.get(attribute);
            if (before != null && !Objects.equals(before, value)) {
                cluster.attributeChanged(attribute, reason.isEmpty() ? "the cluster is steady" : reason, before, value);
            }
        });
    }

    /** Those whose change is told; maps and lists as texts, which every client can show. */
    private static Map<String, Object> attributes(ClusterMXBean cluster) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("Steady", cluster.isSteady());
        attributes.put("Holders", cluster.getHolders().toString());
        attributes.put("SplitBrain", cluster.getSplitBrain().toString());
        attributes.put(
                "UnreachableNodes",
                List.copyOf(cluster.getUnreachableNodes().keySet()).toString());
        attributes.put(
                "DisagreeingNodes",
                List.copyOf(cluster.getDisagreeingNodes().keySet()).toString());
        return attributes;
    }
}
