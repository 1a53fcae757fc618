package io.jenkins.plugins.baton.jmx;

/** {@code baton:type=Check,name=N}: one named health check of this node. */
@Description("A named health check of this node")
public interface CheckMXBean {

    @Description("Name of the check in the cluster file")
    String getName();

    @Description("UP, DOWN or UNKNOWN (not checked yet)")
    Health getResult();

    @Description("The result as a number for graphs: 0 UNKNOWN, 1 UP, 3 DOWN")
    int getResultCode();

    @Description("When the present result began, ISO 8601")
    String getResultSince();

    @Description("What the last check saw")
    String getLastCheckResult();

    @Description("When the last check ended, ISO 8601; empty before the first")
    String getLastCheckAt();

    @Description(value = "Duration of the last check", unit = "ms")
    double getLatencyMillis();

    @Description("Failures in a row up to now")
    int getConsecutiveFailures();
}
