package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.TestCluster;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Certainty;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.RingMember;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A frontend that the kernel dispatches, as m2 of m1 to m3 sees it; every host is there, and every backend ready. */
class DispatchedViewTest {
    private static final MacAddress M1 = new MacAddress(0x0200_0000_0001L);
    private static final MacAddress M3 = new MacAddress(0x0200_0000_0003L);
    private static final PeerCapabilities SERVING = new PeerCapabilities(Set.of("api"), Set.of(), false);

    private final Peers peers = new Peers();
    private NeighbourTable.Snapshot neighbours =
            new NeighbourTable.Snapshot(Map.of("m1", M1, "m3", M3), Map.of("eth0", 2, "eth1", 3));
    private Readiness.Ready ready = new Readiness.Ready(Set.of("m1", "m2", "m3"), false);
    private Set<String> served = Set.of();
    private String balance = "roundrobin";

    DispatchedViewTest() {
        peers.learn("m1", true, SERVING);
        peers.learn("m3", true, SERVING);
    }

    @Test
    void viewHasWhatTheRulesNeed() throws Exception {
        ClusterView view = build().view();

        assertThat(view)
                .isEqualTo(new ClusterView(
                        List.of(M1, M3),
                        Certainty.CUT_OFF,
                        Map.of("eth0", 2),
                        true,
                        List.of(new KernelFrontend(
                                "api",
                                "eth0",
                                List.of(InetAddress.getByName("192.0.2.9")),
                                8443,
                                KernelFrontend.Dispatch.BY_CONNECTION,
                                List.of(member(1, 100, true), member(2, 50, true), member(3, 100, true)),
                                1,
                                false,
                                false))));
        assertThat(build().proxyFallbacks()).isEmpty();
        assertThat(build().remarks()).isEmpty();
    }

    @Test
    void frontendIsDispatchedBySourceWhereItsFileSaysSo() throws Exception {
        balance = "source";

        assertThat(frontend().dispatch()).isEqualTo(KernelFrontend.Dispatch.BY_SOURCE);
    }

    /** The connections that it has go on. */
    @Test
    void peerThatIsLeavingGetsNothingNewAndStaysInTheRing() throws Exception {
        peers.learn("m3", true, new PeerCapabilities(Set.of("api"), Set.of(), true));

        assertThat(frontend().members())
                .containsExactly(member(1, 100, true), member(2, 50, true), member(3, 100, false));
    }

    @Test
    void peerThatServesNothingButPassesOnIsInTheRingAlone() throws Exception {
        peers.learn("m3", true, new PeerCapabilities(Set.of(), Set.of("api"), false));

        assertThat(frontend().members().get(2)).isEqualTo(member(3, 100, false));
    }

    @Test
    void frontendThatOnePeerCannotServeYetIsTheProxysForNow() throws Exception {
        peers.learn("m3", true, PeerCapabilities.parse(""));

        assertThat(build().proxyFallbacks())
                .isEqualTo(Map.of("api", "for now, because m3 has not said over the peer link that it can serve it"));
        assertThat(frontend().toProxy()).isTrue();
        served = Set.of("api");
        assertThat(build().remarks())
                .isEqualTo(Map.of(
                        "api",
                        "m3 has not said over the peer link that it can serve it, and gets nothing new for now"));
        assertThat(frontend().toProxy()).isFalse();
    }

    /** Nothing can be sent to it. */
    @Test
    void peerWhoseEthernetAddressIsNotKnownServesNothing() throws Exception {
        neighbours = new NeighbourTable.Snapshot(Map.of("m1", M1), neighbours.interfaces());

        assertThat(frontend().members().get(2))
                .isEqualTo(new RingMember(InetAddress.getByName("192.0.2.3"), 6443, 100, false, false));
        assertThat(build().proxyFallbacks().get("api")).contains("m3 has not said");
    }

    @Test
    void kernelDoesNotWaitForAPeerWhoseHostIsLostOrWhoseBackendIsNotReady() throws Exception {
        peers.learn("m1", false, SERVING);
        peers.learn("m3", true, PeerCapabilities.parse(""));
        ready = new Readiness.Ready(Set.of("m1", "m2"), false);

        assertThat(frontend().members()).extracting(RingMember::serving).containsExactly(false, true, false);
        assertThat(build().proxyFallbacks()).isEmpty();
        assertThat(build().remarks()).isEmpty();
    }

    @Test
    void frontendWithoutAReadyBackendIsTheProxys() throws Exception {
        ready = new Readiness.Ready(Set.of(), false);

        assertThat(build().proxyFallbacks()).isEqualTo(Map.of("api", "for now, because no backend is ready"));
    }

    @Test
    void lastResortIsServedAndSaysSo() throws Exception {
        ready = new Readiness.Ready(Set.of("m3"), true);

        assertThat(frontend().lastResort()).isTrue();
        assertThat(build().proxyFallbacks()).isEmpty();
        assertThat(build().remarks())
                .isEqualTo(Map.of("api", "no backend is ready, and those that were last have new connections"));
    }

    @Test
    void frontendWhoseInterfaceIsNotThereIsTheProxys() throws Exception {
        neighbours = new NeighbourTable.Snapshot(neighbours.macs(), Map.of("eth1", 3));

        assertThat(build().view().frontends()).isEmpty();
        assertThat(build().view().interfaces()).isEmpty();
        assertThat(build().proxyFallbacks()).isEqualTo(Map.of("api", "for now, because there is no interface eth0"));
    }

    private KernelFrontend frontend() throws Exception {
        return build().view().frontends().get(0);
    }

    private ClusterViewBuilder build() throws Exception {
        String text = """
                nodes:
                  - {name: m1, address: 192.0.2.1, priority: 110}
                  - {name: m2, address: 192.0.2.2, priority: 100}
                  - {name: m3, address: 192.0.2.3, priority: 90}
                virtualRouters:
                  - {name: vip, virtualRouterId: 51, interface: eth0, addresses: [192.0.2.9/32]}
                  - {name: other, virtualRouterId: 52, interface: eth1, addresses: [198.51.100.9/32]}
                frontends:
                  - name: api
                    bind: "192.0.2.9:8443"
                    balance: %s
                    backends:
                      - {name: m1, address: "192.0.2.1:6443", weight: 100}
                      - {name: m2, address: "192.0.2.2:6443", weight: 50}
                      - {name: m3, address: "192.0.2.3:6443", weight: 100}
                """.formatted(balance);
        Cluster cluster = TestCluster.of(text);
        DesiredState task = new DesiredState(
                cluster,
                cluster.nodes().get(1),
                List.of(new TestFrontend(cluster.frontends().get(0))),
                List.of());
        return new ClusterViewBuilder(task, peers, neighbours, Certainty.CUT_OFF, Map.of("api", ready), served, true);
    }

    /** One whose host is there. */
    private static RingMember member(int node, int weight, boolean serving) throws Exception {
        return new RingMember(InetAddress.getByName("192.0.2." + node), 6443, weight, true, serving);
    }
}
