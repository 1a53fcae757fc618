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
import java.util.Set;
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

    @Test
    void placeWhereAHostDoesNotAnswerAnyMoreIsForgottenAlsoWhenItSendsNoAdverts() {
        Neighbour m2 = new Neighbour();
        m2.answersFrom(Neighbour.mac(1));
        m2.pass(0, SECOND);
        m2.answersFrom(Neighbour.mac(2));
        m2.pass(SECOND, 2 * SECOND);
        assertThat(m2.known()).containsExactlyInAnyOrder(Neighbour.mac(1), Neighbour.mac(2));

        m2.pass(2 * SECOND, 20 * SECOND);
        assertThat(m2.known()).containsExactly(Neighbour.mac(2));
    }

    @Test
    void answersFromEverywhereAreNotAllKept() {
        Neighbour m2 = new Neighbour();
        for (int i = 0; i < 100; i++) {
            m2.answersFrom(Neighbour.mac(i));
            m2.pass(0, 1);
        }
        assertThat(m2.known()).as("anybody may be it").isEmpty();

        m2.hosts.haveMoved();
        m2.answersFrom(Neighbour.mac(5000));
        m2.pass(SECOND, SECOND + 1);
        assertThat(m2.hosts.haveMoved()).as("one more is no news").isFalse();

        m2.answersFrom(Neighbour.mac(7));
        m2.pass(16 * SECOND, 20 * SECOND);
        assertThat(m2.known()).containsExactly(Neighbour.mac(7));
    }

    /** The host of m2, which answers each question, and once without being asked when it answers from another place. */
    private static final class Neighbour {
        private static final long STEP = SECOND / 20;

        private final SimulatedHosts simulated = new SimulatedHosts(this::asked, (node, present) -> {});
        private final Hosts hosts = simulated.hosts();
        private final InetAddress address;
        private MacAddress place;

        Neighbour() {
            Cluster cluster = Site.cluster();
            address = cluster.nodes().get(1).address();
            hosts.watch(cluster, cluster.nodes().get(0), "eth0", 0);
            simulated.linkIs(new Link(2, "eth0", mac(0), 1, 0x41, Link.OperState.UP, 1500), 0);
        }

        static MacAddress mac(int number) {
            return new MacAddress(0x0200_0000_0000L + number);
        }

        private void asked(InetAddress host) {
            if (host.equals(address)) {
                simulated.answered(address, place);
            }
        }

        void answersFrom(MacAddress mac) {
            place = mac;
            simulated.answered(address, mac);
        }

        void pass(long from, long to) {
            for (long now = from; now < to; now += STEP) {
                hosts.turn(now);
            }
        }

        Set<MacAddress> known() {
            return hosts.macs("m2");
        }
    }

    private void watch(Cluster cluster) {
        hosts.watch(cluster, cluster.nodes().get(0), "eth0", 0);
    }
}
