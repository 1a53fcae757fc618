package io.jenkins.plugins.baton.agent.router.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.router.Site;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of hosts when the cluster file changes, and which are asked when something comes in their name. */
class HostsTest {
    private static final long SECOND = 1_000_000_000L;

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

    @Test
    void hostThatIsGoneIsAskedAtOnceWhenSomethingComesInItsName() {
        List<InetAddress> asked = new ArrayList<>();
        SimulatedHosts simulated = new SimulatedHosts(asked::add, (node, present) -> {});
        Cluster cluster = Site.cluster();
        simulated.hosts().watch(cluster, cluster.nodes().get(0), "eth0", 0);
        simulated.linkIs(new Link(2, "eth0", new MacAddress(0x0200_0000_0001L), 1, 0x41, Link.OperState.UP, 1500), 0);

        simulated.hosts().askIfGone("m2", SECOND);
        assertThat(asked).containsExactly(cluster.nodes().get(1).address());

        simulated.hosts().heard("m2", SECOND, SECOND);
        simulated.hosts().askIfGone("m2", 2 * SECOND);
        assertThat(asked).hasSize(1);
    }

    private void watch(Cluster cluster) {
        hosts.watch(cluster, cluster.nodes().get(0), "eth0", 0);
    }
}
