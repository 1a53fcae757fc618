package io.jenkins.plugins.baton.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the cluster file says, as m2's virtual router reads it. */
class SettingsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void settingsAreThoseOfTheFileAndPeersAreTheOtherNodes() throws Exception {
        assertThat(settings("addresses: [192.0.2.9/32], version: 2, advertisementInterval: 3s, preempt: true,"
                        + " preemptDelay: 30s, announceInterval: 1m"))
                .isEqualTo(new Settings(
                        "m2",
                        InetAddress.getByName("192.0.2.2"),
                        2,
                        100,
                        3 * SECOND,
                        true,
                        30 * SECOND,
                        60 * SECOND,
                        List.of(
                                new Peer("m1", InetAddress.getByName("192.0.2.1"), 240),
                                new Peer("m3", InetAddress.getByName("192.0.2.3"), 90))));
    }

    /** A peer may come first that does not by its own priority alone. */
    @Test
    void peerCountsWithAllThatItsChecksMayAddAndNoMoreThanTheHighestPriority() throws Exception {
        assertThat(settings("addresses: [192.0.2.9/32], track: [raises, lowers, faults]")
                        .peers())
                .extracting(Peer::priority)
                .containsExactly(254, 110);
    }

    @Test
    void ipv6AdvertsToTheGroupComeFromTheLinkLocalAddress() throws Exception {
        Settings settings = settings("addresses: [\"fd00::9/128\"]");

        assertThat(settings.address()).isEqualTo(InetAddress.getByName("fe80::2"));
        assertThat(settings.peers())
                .extracting(Peer::address)
                .containsExactly(InetAddress.getByName("fe80::1"), InetAddress.getByName("fe80::3"));
    }

    @Test
    void ipv6AdvertsByUnicastComeFromTheNodesAddress() throws Exception {
        Cluster cluster = TestCluster.of("""
                nodes:
                  - {name: m1, address: "fd00::1", priority: 110, linkLocal: "fe80::1"}
                  - {name: m2, address: "fd00::2", priority: 100, linkLocal: "fe80::2"}
                virtualRouters:
                  - {virtualRouterId: 51, interface: eth0, addresses: ["fd00::9/128"], unicast: true}
                """);

        assertThat(Settings.of(
                                cluster,
                                cluster.nodes().get(1),
                                cluster.virtualRouters().get(0))
                        .address())
                .isEqualTo(InetAddress.getByName("fd00::2"));
    }

    @Test
    void tieIsLostToTheGreaterAddressReadAsUnsigned() throws Exception {
        Settings settings = Node.SETTINGS;

        assertThat(settings.losesTieTo(InetAddress.getByName("10.86.13.200"))).isTrue();
        assertThat(settings.losesTieTo(InetAddress.getByName("10.86.13.30"))).isFalse();
        assertThat(settings.losesTieTo(settings.address())).isFalse();
    }

    /** @param keys of the virtual router */
    private static Settings settings(String keys) throws Exception {
        Cluster cluster = TestCluster.of("""
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 240, linkLocal: "fe80::1"}
                  - {name: m2, address: 192.0.2.2, priority: 100, linkLocal: "fe80::2"}
                  - {name: m3, address: 192.0.2.3, priority: 90, linkLocal: "fe80::3"}
                virtualRouters:
                  - {virtualRouterId: 51, interface: eth0, %s}
                checks:
                  - {name: raises, type: http, url: "http://127.0.0.1", weight: 20}
                  - {name: lowers, type: http, url: "http://127.0.0.1", weight: -30}
                  - {name: faults, type: http, url: "http://127.0.0.1"}
                """.formatted(keys));
        return Settings.of(
                cluster, cluster.nodes().get(1), cluster.virtualRouters().get(0));
    }
}
