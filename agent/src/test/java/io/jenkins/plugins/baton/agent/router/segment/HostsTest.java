package io.jenkins.plugins.baton.agent.router.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.router.Site;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of hosts when the cluster file changes. */
class HostsTest {
    private final List<String> told = new ArrayList<>();
    private final Hosts hosts = new Hosts(new Poller(), (node, present) -> told.add(node + " " + present));

    @Test
    void hostThatWasThereIsToldAsGoneWhenItsAddressChanges() {
        watch(Site.cluster());
        hosts.heard("m2", 0, 1);
        watch(Site.cluster("10.86.13.31", "10.86.13.32"));
        hosts.heard("m2", 0, 1);

        assertThat(told).containsExactly("m2 true", "m2 false", "m2 true");
    }

    @Test
    void hostThatStaysIsNotToldAnew() {
        watch(Site.cluster());
        hosts.heard("m2", 0, 1);
        watch(Site.cluster());

        assertThat(told).containsExactly("m2 true");
        assertThat(hosts.unreachable()).isEmpty();
    }

    private void watch(Cluster cluster) {
        hosts.watch(cluster, cluster.nodes().get(0), "eth0", 0);
    }
}
