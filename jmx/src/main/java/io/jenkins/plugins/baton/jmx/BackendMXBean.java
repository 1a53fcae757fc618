package io.jenkins.plugins.baton.jmx;

/**
 * {@code baton:type=Backend,frontend=F,name=N}: one server behind a frontend. Health, its code and its begin belong
 * together when they are read by one {@code getAttributes}; read one by one they may come from two moments. The last check
 * is told a moment before the health that follows from it.
 */
@Description("A server behind a frontend")
public interface BackendMXBean {

    @Description("Name of the backend in its frontend")
    String getName();

    @Description("Name of the frontend")
    String getFrontend();

    @Description("Address and port of the server")
    String getAddress();

    @Description("UP, DOWN, DRAIN or UNKNOWN (not checked yet)")
    Health getHealth();

    @Description("The health as a number for graphs: 0 UNKNOWN, 1 UP, 2 DRAIN, 3 DOWN")
    int getHealthCode();

    @Description("When the present health began, ISO 8601")
    String getHealthSince();

    @Description("What the last check saw")
    String getLastCheckResult();

    @Description("When the last check ended, ISO 8601; empty before the first")
    String getLastCheckAt();

    @Description(value = "Duration of the last check", unit = "ms")
    double getLastCheckMillis();

    @Description("Share of new connections, 0..256; 0 gets none")
    int getWeight();

    @Description("Used only while no other backend is up")
    boolean isBackup();

    @Description("Sessions open now")
    long getSessions();

    @Description("Sessions since the agent started")
    @Counter
    long getSessionsTotal();

    @Description(value = "Bytes to the server", unit = "bytes")
    @Counter
    long getBytesIn();

    @Description(value = "Bytes from the server", unit = "bytes")
    @Counter
    long getBytesOut();

    @Description("Attempts to connect that failed")
    @Counter
    long getConnectErrors();

    @Description("Take no new connections, keep the present ones")
    void drain();

    @Description("Take no new connections, keep the present ones")
    void drain(@Description(name = "reason", value = "Why, for the log") String reason);

    @Description("Take new connections again")
    void enable();

    @Description("Take new connections again")
    void enable(@Description(name = "reason", value = "Why, for the log") String reason);

    /**
     * Returns a value so that it is an operation beside {@code drain} and {@code enable}, not the setter that would make
     * the attribute {@code Weight} writable.
     */
    @Description("Change the share of new connections until the next reload; returns the share before")
    int setWeight(@Description(name = "weight", value = "0..256; 0 gets no new connections") int weight);

    @Description("Change the share of new connections until the next reload; returns the share before")
    int setWeight(
            @Description(name = "weight", value = "0..256; 0 gets no new connections") int weight,
            @Description(name = "reason", value = "Why, for the log") String reason);
}
