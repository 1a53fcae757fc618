package io.jenkins.plugins.baton.jmx;

/** {@code baton:type=Frontend,name=N}: one TCP frontend on this node. */
@Description("A TCP frontend on this node")
public interface FrontendMXBean {

    @Description("Name of the frontend in the cluster file")
    String getName();

    @Description("Where clients connect")
    String getBind();

    @Description("Data plane in use: kernel, proxy, or none where the node's own server answers on the same port")
    @Label
    String getPlane();

    @Description("Why this data plane was chosen")
    String getPlaneReason();

    @Description("How a backend is chosen: roundrobin, leastconn or source")
    String getBalance();

    @Description("Sessions open now")
    long getSessions();

    @Description("Most sessions open at once")
    long getSessionsMax();

    @Description("Sessions since the agent started")
    @Counter
    long getSessionsTotal();

    @Description(value = "New sessions a second over the last ten seconds", unit = "1/s")
    double getSessionRate();

    @Description(value = "Bytes from clients", unit = "bytes")
    @Counter
    long getBytesIn();

    @Description(value = "Bytes to clients", unit = "bytes")
    @Counter
    long getBytesOut();

    @Description("Attempts to connect to a backend that failed")
    @Counter
    long getConnectErrors();

    @Description("Sessions that were tried on another backend after a failed connect")
    @Counter
    long getRedispatches();

    @Description("Clients turned away because no backend could be reached or a limit was hit")
    @Counter
    long getRefused();
}
