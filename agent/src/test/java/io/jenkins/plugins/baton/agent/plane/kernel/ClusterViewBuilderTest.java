package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Certainty;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.RingMember;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ring of a proxied frontend on m1, of m1 to m4; m3's host is lost, m4's Ethernet address is not known. */
class ClusterViewBuilderTest {
    private static final NeighbourTable.Snapshot NEIGHBOURS = new NeighbourTable.Snapshot(
            Map.of("m2", new MacAddress(0x0200_0000_0002L), "m3", new MacAddress(0x0200_0000_0003L)),
            Map.of("eth0", 2));

    @Test
    void ringOfANodeWithAPeerLinkHasThoseThatAdvertiseIt() throws Exception {
        assertThat(ring("{port: 9011}", "")).isEmpty();
        assertThat(ring("{port: 9011}", new PeerCapabilities(Set.of(), Set.of("api"), false).text()))
                .containsExactly(1);
    }

    @Test
    void ringOfANodeWithoutAPeerLinkHasAllThatAreThere() throws Exception {
        assertThat(ring("none", "")).containsExactly(1);
    }

    /** Its agent may have started anew, without rules; but where it was this node that was away, it went on. */
    @Test
    void nodeThatComesBackIsInTheRingBeforeItsAgentSpeaksWhenThisOneWasCutOff() throws Exception {
        Peers peers = new Peers();
        peers.learn("m2", true, new PeerCapabilities(Set.of("api"), Set.of(), false));
        peers.learn("m2", false, PeerCapabilities.parse(""));
        assertThat(view("{port: 9011}", peers, Certainty.CUT_OFF)
                        .frontends()
                        .get(0)
                        .others())
                .isEmpty();

        peers.learn("m2", true, PeerCapabilities.parse(""));

        assertThat(view("{port: 9011}", peers, Certainty.UNSURE)
                        .frontends()
                        .get(0)
                        .others())
                .isEmpty();
        assertThat(view("{port: 9011}", peers, Certainty.CUT_OFF)
                        .frontends()
                        .get(0)
                        .others())
                .containsExactly(1);
    }

    /** What serves is not given up for a proxy whose port may be closed. */
    @Test
    void kernelGoesOnWithoutAPeerThatIsNotHeardAndDoesNotBeginWithoutIt() throws Exception {
        assertThat(dispatched(Set.of(), "m2").remarks()).isEmpty();
        assertThat(dispatched(Set.of(), "m2").proxyFallbacks().get("api"))
                .isEqualTo("for now, because m2 and m4 have not said over the peer link that they can serve it");
        ClusterViewBuilder going = dispatched(Set.of("api"), "m2");
        assertThat(going.proxyFallbacks()).isEmpty();
        assertThat(going.remarks().get("api"))
                .isEqualTo(
                        "m2 and m4 have not said over the peer link that they can serve it, and get nothing new for now");
        assertThat(going.view().frontends().get(0).members())
                .extracting(RingMember::serving)
                .containsExactly(true, false, false, false);
    }

    @Test
    void proxyServesWhereNobodyThatTheKernelReachesIsReady() throws Exception {
        assertThat(dispatched(Set.of("api"), "m2", "m1").proxyFallbacks().get("api"))
                .contains("m2 and m4 have not said");
    }

    /** Its proxy listens for both families, and frames go to an address of the VIP's. */
    @Test
    void ringOfAnIpv6AddressHasTheNodesLinkLocalAddresses() throws Exception {
        String text = """
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 110, linkLocal: "fe80::1"}
                  - {name: m2, address: 192.0.2.2, priority: 100, linkLocal: "fe80::2"}
                  - {name: m3, address: 192.0.2.3, priority: 90, linkLocal: "fe80::3"}
                virtualRouters:
                  - {name: four, virtualRouterId: 51, interface: eth0, addresses: [192.0.2.9/32]}
                  - {name: six, virtualRouterId: 52, interface: eth0, addresses: ["fd00::9/128"]}
                frontends:
                  - {name: api, bind: "[::]:8443", backends: {port: 6443}, plane: proxy}
                """;
        Cluster cluster = TestCluster.of(text);
        Peers peers = new Peers();
        peers.learn("m2", true, new PeerCapabilities(Set.of("api"), Set.of(), false));

        assertThat(view(cluster, peers, NEIGHBOURS, Certainty.SURE).frontends())
                .extracting(frontend -> frontend.members().stream()
                        .map(member -> member.address().getHostAddress() + " " + member.present())
                        .toList())
                .containsExactly(
                        List.of("192.0.2.1 true", "192.0.2.2 true", "192.0.2.3 false"),
                        List.of("fe80:0:0:0:0:0:0:1 true", "fe80:0:0:0:0:0:0:2 true", "fe80:0:0:0:0:0:0:3 false"));
    }

    @Test
    void thereIsNoRingOnAnInterfaceThatIsNotThere() throws Exception {
        NeighbourTable.Snapshot without = new NeighbourTable.Snapshot(NEIGHBOURS.macs(), Map.of());

        assertThat(view(cluster("none"), new Peers(), without, Certainty.SURE).frontends())
                .isEmpty();
    }

    /** @param unready those that are DOWN, after the one that is not heard */
    private static ClusterViewBuilder dispatched(Set<String> serving, String unheard, String... unready)
            throws Exception {
        Cluster cluster = cluster("{port: 9011}");
        TestFrontend frontend = new TestFrontend(cluster.frontends().get(0));
        Set<String> ready = new HashSet<>(Set.of("m1", "m2", "m3", "m4"));
        ready.removeAll(Set.of(unready));
        Peers peers = new Peers();
        peers.learn(unheard, true, PeerCapabilities.parse(""));
        peers.learn("m3", false, PeerCapabilities.parse(""));
        DesiredState task = new DesiredState(cluster, cluster.nodes().get(0), List.of(frontend), List.of());
        return new ClusterViewBuilder(
                task,
                peers,
                NEIGHBOURS,
                Certainty.SURE,
                Map.of("api", new Readiness.Ready(ready, false)),
                serving,
                true);
    }

    private static List<Integer> ring(String peerLink, String capabilities) throws Exception {
        Peers peers = new Peers();
        peers.learn("m2", true, PeerCapabilities.parse(capabilities));
        peers.learn("m3", false, PeerCapabilities.parse(capabilities));
        peers.learn("m4", true, PeerCapabilities.parse(capabilities));
        return view(peerLink, peers, Certainty.SURE).frontends().get(0).others();
    }

    private static ClusterView view(String peerLink, Peers peers, Certainty certainty) throws Exception {
        return view(cluster(peerLink), peers, NEIGHBOURS, certainty);
    }

    private static ClusterView view(
            Cluster cluster, Peers peers, NeighbourTable.Snapshot neighbours, Certainty certainty) {
        DesiredState task = new DesiredState(cluster, cluster.nodes().get(0), List.of(), cluster.frontends());
        return new ClusterViewBuilder(task, peers, neighbours, certainty, Map.of(), Set.of(), false).view();
    }

    private static Cluster cluster(String peerLink) throws Exception {
        String text = """
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 110}
                  - {name: m2, address: 192.0.2.2, priority: 100}
                  - {name: m3, address: 192.0.2.3, priority: 90}
                  - {name: m4, address: 192.0.2.4, priority: 80}
                peerLink: %s
                virtualRouters:
                  - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [192.0.2.9/32]}
                frontends:
                  - {name: api, bind: "192.0.2.9:8443", backends: {port: 6443}, plane: proxy}
                """.formatted(peerLink);
        return TestCluster.of(text);
    }
}
