package io.jenkins.plugins.baton.jmx;

import java.util.List;
import java.util.Map;

/** {@code baton:type=VirtualRouter,name=N}: one VRRP virtual router as this node sees it. */
@Description("A VRRP virtual router as this node sees it")
public interface VirtualRouterMXBean {

    @Description("Name of the virtual router in the cluster file")
    String getName();

    @Description("INITIALIZE, BACKUP, MASTER or FAULT")
    State getState();

    @Description("The state as a number for graphs: 0 INITIALIZE, 1 BACKUP, 2 MASTER, 3 FAULT")
    int getStateCode();

    @Description("When the present state began, ISO 8601")
    String getStateSince();

    @Description("Why the present state began")
    String getStateReason();

    @Description("Priority of this node in the cluster file, 1..254")
    int getPriority();

    @Description("Priority after tracked checks: what this node advertises as MASTER")
    int getEffectivePriority();

    @Description("Node that holds the addresses as far as this node knows; empty when unknown")
    @Label
    String getHolder();

    @Description("Number of state changes since the agent started")
    @Counter
    long getTransitions();

    @Description("Virtual router identifier (VRID), 1..255")
    int getVirtualRouterId();

    @Description("VRRP version, 2 or 3")
    int getVersion();

    @Description("Network interface of this node")
    String getInterface();

    @Description("Virtual addresses with prefix length")
    List<String> getAddresses();

    @Description(value = "Advertisement interval of the cluster file", unit = "ms")
    long getAdvertisementIntervalMillis();

    @Description("Advertisements sent")
    @Counter
    long getAdvertsSent();

    @Description("Valid advertisements received")
    @Counter
    long getAdvertsReceived();

    @Description("When the last valid advertisement was received, ISO 8601; empty before the first")
    String getLastAdvertAt();

    @Description("Ignored packets by reason")
    @Counter(of = "reason")
    Map<String, Long> getDroppedAdverts();

    @Description("Sender of the last ignored packet, by reason")
    Map<String, String> getDroppedAdvertSenders();

    @Description("Gratuitous ARP packets and unsolicited neighbour advertisements sent")
    @Counter
    long getAnnouncementsSent();

    @Description("How often the agent restored an address that another program had removed from the interface")
    @Counter
    long getAddressesRestored();

    @Description("Packets that the kernel refused to send")
    @Counter
    long getSendErrors();

    @Description("Whether an operator suspended this node")
    boolean isSuspended();

    @Description("Others on this LAN that use the same VRID or virtual address, or send in the name of a node")
    List<Conflict> getConflicts();

    @Description("Number of others on this LAN that are listed as conflicts")
    int getConflictCount();

    @Description("Nodes that are MASTER by what their agents say over the peer link, while their advertisements do not"
            + " arrive here: a firewall drops them; two holders if this node is MASTER")
    List<String> getUnheardMasters();

    @Description("Number of nodes that are MASTER and whose advertisements do not arrive here")
    int getUnheardMasterCount();

    @Description("Give the addresses to another node")
    void handOver(@Description(name = "reason", value = "Why, for the log") String reason);

    @Description("Give the addresses to the named node")
    void handOverTo(
            @Description(name = "node", value = "Name of the node in the cluster file") String node,
            @Description(name = "reason", value = "Why, for the log") String reason);

    @Description("Release the addresses and take no part in elections until resume")
    void suspend(@Description(name = "reason", value = "Why, for the log") String reason);

    @Description("Take part in elections again")
    void resume(@Description(name = "reason", value = "Why, for the log") String reason);
}
