package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The rounds of an experiment: something befalls the cluster, its client is served again, and what it noticed is kept. */
final class Rounds {
    private final List<Impact> impacts = new ArrayList<>();

    /** @param event what befalls the cluster; it is told when it began, {@link System#nanoTime} */
    void measure(Client client, LongConsumer event) {
        long begin = System.nanoTime();
        event.accept(begin);
        awaitQuiet(client);
        impacts.add(client.since(begin));
    }

    /** Nothing is measured: for what comes between two rounds. */
    static void awaitQuiet(Client client) {
        client.awaitQuiet(ClusterTestbed.QUIET_TIME, ClusterTestbed.AWAIT_TIMEOUT);
    }

    Result result() {
        return Result.of(impacts);
    }
}
