package io.jenkins.plugins.baton.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * @param jmxPort the one loopback port of RMI registry and server, 1..65535
 * @param jmxUsers names of the users who may connect to it, beside root and the agent's own user
 * @param metricsFile where the agent writes its metrics, on every node; absolute
 */
public record Management(int jmxPort, List<String> jmxUsers, Optional<Path> metricsFile) {

    public Management {
        jmxUsers = List.copyOf(jmxUsers);
    }
}
