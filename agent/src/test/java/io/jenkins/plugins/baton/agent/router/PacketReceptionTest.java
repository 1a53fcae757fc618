package io.jenkins.plugins.baton.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.host.Clock;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.router.segment.SimulatedHosts;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Codec;
import io.jenkins.plugins.baton.agent.vrrp.packet.Group;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.jmx.State;
import java.net.InetAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Packets in a node's name that come from another Ethernet address than that node has. */
class PacketReceptionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final MacAddress ELSEWHERE = new MacAddress(0x0200_0000_0002L);

    private final Cluster cluster = Site.cluster();
    private final VirtualRouter configuration = cluster.virtualRouters().get(0);
    private final Group group = Group.of(configuration);
    private final Settings settings = Settings.of(cluster, cluster.nodes().get(0), configuration);
    private final SteppedClock clock = new SteppedClock();
    private final RouterContext context = new RouterContext(
            clock, null, null, new SimulatedHosts(host -> {}, (node, present) -> {}).hosts(), null, task -> {}, null);
    private final Counters counters = new Counters();
    private final ConflictReporter conflicts = new ConflictReporter(context);
    private final PacketReception reception;

    PacketReceptionTest() {
        PeerWitness witness = new PeerWitness(context, counters, conflicts, new Onlooker());
        witness.configure(configuration.name(), settings, false);
        conflicts.configure(configuration);
        reception = new PacketReception(context, counters, conflicts, witness);
        reception.configure(group, settings);
    }

    @Test
    void whoGoesOnSendingInANodesNameIsAForger() {
        advertFromElsewhereAt(0);
        assertThat(conflicts.list()).isEmpty();

        advertFromElsewhereAt(2 * SECOND);
        assertThat(conflicts.list()).extracting(Conflict::kind).containsExactly(Conflict.Kind.FORGERY);
    }

    @Test
    void whoSendsOnceInTheLongestIntervalIsAForgerToo() {
        advertFromElsewhereAt(0);
        advertFromElsewhereAt(255 * SECOND);

        assertThat(conflicts.list()).hasSize(1);
    }

    @Test
    void nodeThatGoesBackToAnEthernetAddressOfYesterdayIsNoForger() {
        advertFromElsewhereAt(0);
        advertFromElsewhereAt(86_400 * SECOND);

        assertThat(conflicts.list()).isEmpty();
    }

    private void advertFromElsewhereAt(long now) {
        clock.now = now;
        InetAddress m2 = cluster.nodes().get(1).address();
        Advertisement advert = group.packet(Advertisement.Type.ADVERTISEMENT, 100);
        reception.receiveForeign(
                new Datagram(
                        Codec.encode(advert, configuration.checksum(), m2, Group.MULTICAST_IPV4),
                        m2,
                        Group.MULTICAST_IPV4,
                        255),
                ELSEWHERE);
    }

    private static final class SteppedClock implements Clock {
        private long now;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public long nanoTimeAwake() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }
    }

    /** An election that hears of nothing here. */
    private static final class Onlooker implements Election {
        @Override
        public State state() {
            return State.BACKUP;
        }

        @Override
        public boolean isHarmless(Event packet) {
            return false;
        }

        @Override
        public void handle(Event event) {
            throw new AssertionError("a packet from elsewhere is no event: " + event);
        }
    }
}
