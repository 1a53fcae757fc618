package io.jenkins.plugins.baton.jmx.federation;

import io.jenkins.plugins.baton.jmx.Description;
import java.util.List;
import java.util.Map;

/** {@code baton:type=Cluster}: all nodes together, as those say whose agents are heard. */
@Description("The whole cluster, as its connected agents see it")
public interface ClusterMXBean {
    @Description("Name of the cluster in the cluster file")
    String getName();

    @Description("Holders, split brain, nodes that are not heard and how much is missing, in one line for a person")
    String getSummary();

    @Description("SHA-256 of the cluster file that this program was started with, lower-case hex")
    String getConfigHash();

    @Description("Names of the nodes in the cluster file")
    List<String> getNodes();

    @Description("Node that holds each virtual router; empty for a router that no node, or more than one, holds")
    Map<String, String> getHolders();

    @Description("Virtual routers that more than one node holds, with those nodes")
    Map<String, String> getSplitBrain();

    @Description("Nodes that run another cluster file or take another node for the holder, with what they say")
    Map<String, String> getDisagreeingNodes();

    @Description("Nodes whose agents are not heard, with the reason and what to do")
    Map<String, String> getUnreachableNodes();

    @Description("Others on the LAN that use the same VRID or virtual address, and adverts that do not arrive")
    List<String> getConflicts();

    @Description("Whether nothing is missing for a steady cluster")
    boolean isSteady();

    @Description("What is missing for a steady cluster, a sentence each")
    List<String> getMissing();
}
