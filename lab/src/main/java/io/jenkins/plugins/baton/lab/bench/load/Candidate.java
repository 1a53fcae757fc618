package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.util.List;

/**
 * One way from a client to the backends.
 *
 * @param client a client of its own: the kernel of one that reaches the same backend by two ways mistakes late segments of
 *     the one for the other's (TIME_WAIT, PAWS)
 * @param address where its frontends are
 * @param daemons the processes that balance; none when the client goes straight
 */
record Candidate(String name, Host client, String address, int webPort, List<Daemon> daemons) {
    String webUrl() {
        return "http://" + address + ":" + webPort + "/";
    }
}
