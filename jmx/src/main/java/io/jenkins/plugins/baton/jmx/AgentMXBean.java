package io.jenkins.plugins.baton.jmx;

import java.util.List;

/** {@code baton:type=Agent}: the daemon on this node. */
@Description("The Baton agent on this node")
public interface AgentMXBean {

    @Description("Name of this node in the cluster file")
    @Label
    String getNode();

    @Description("Name of the cluster in the cluster file")
    @Label
    String getCluster();

    @Description("Version of the agent")
    @Label
    String getVersion();

    @Description("When the agent started, ISO 8601")
    String getStartedAt();

    @Description(value = "Time since the agent started", unit = "ms")
    long getUptimeMillis();

    @Description("SHA-256 of the cluster file in use, lower-case hex; equal on all nodes when they run the same file")
    @Label
    String getConfigHash();

    @Description("Path of the cluster file in use")
    String getConfigFile();

    @Description("Why the last reload was refused; empty when the last reload, or the start, succeeded")
    String getConfigError();

    @Description("What the agent waits for before it begins to serve; empty when it has begun")
    String getWaitsFor();

    @Description("Data planes that serve this node's frontends, separated by commas")
    String getPlane();

    @Description(
            "How often the agent restored Baton's nftables rules because another program had changed or removed them")
    @Counter
    long getRulesRestored();

    @Description("Nodes whose agents are connected to this one, so that the end of such an agent is known at once")
    List<String> getConnectedPeers();

    @Description("Number of nodes whose agents are connected to this one")
    int getConnectedPeerCount();

    @Description("Nodes whose hosts do not answer: no advert, no ARP, no neighbour discovery")
    List<String> getUnreachableHosts();

    @Description("Number of nodes whose hosts do not answer")
    int getUnreachableHostCount();

    @Description(
            "JMX connections that were refused: not root, not the agent's user, not in management.jmxUsers, or too many")
    @Counter
    long getJmxRefused();

    @Description(
            "Changes that reached neither log nor notification, because the log accepted nothing more (a full disk, a"
                    + " stopped journald)")
    @Counter
    long getEventsDropped();

    @Description("Lines of the proxy's access log that were dropped because its reader was too slow")
    @Counter
    long getAccessLogDropped();

    @Description("How often the proxy could not accept or connect because file descriptors, ports or memory ran out")
    @Counter
    long getResourceExhaustions();

    @Description("Scheduling of the VRRP thread: SCHED_FIFO with its priority, or why it is not real-time")
    String getRealTime();

    @Description("Whether the agent's memory is locked, or why it is not")
    String getMemoryLock();

    @Description(value = "Largest lateness of the VRRP thread's timer in the last minute", unit = "ms")
    double getTimerLatenessMaxMillis();

    @Description("How often the VRRP thread woke so late that it demoted itself or waited one more interval")
    @Counter
    long getStalls();
}
