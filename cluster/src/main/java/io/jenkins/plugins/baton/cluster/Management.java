package io.jenkins.plugins.baton.cluster;

import java.util.List;

/**
 * @param jmxPort the one loopback port of RMI registry and server, 1..65535
 * @param jmxUsers names of the users who may connect to it, beside root and the agent's own user
 */
public record Management(int jmxPort, List<String> jmxUsers) {

    public Management {
        jmxUsers = List.copyOf(jmxUsers);
    }
}
