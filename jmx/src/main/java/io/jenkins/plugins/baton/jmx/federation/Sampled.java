package io.jenkins.plugins.baton.jmx.federation;

import io.jenkins.plugins.baton.jmx.Description;

/** What a bean that shows another machine's bean says of the connection to it. */
public interface Sampled {
    @Description("Whether the node's agent is heard now; false: the other attributes are the last that it told")
    boolean isConnected();

    @Description(value = "Age of the attributes", unit = "ms")
    long getAgeMillis();
}
