package io.jenkins.plugins.baton.agent.plane.kernel.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.netfilter.Connection;
import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTable;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Certainty;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.RingMember;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a frontend whose connections go to m1: two that the kernel leads there, and one of the proxy at the VIP. */
class TrafficStatisticsTest {
    private static final InetAddress VIP = address("10.86.13.36");
    private static final InetAddress M1 = address("10.86.13.30");

    private final OpenConnections open = new OpenConnections();
    private final TrafficStatistics statistics = new TrafficStatistics(open);

    @BeforeEach
    void connectionsAreOpen() {
        open.add(M1);
        open.add(M1);
        open.add(VIP);
        statistics.track(view(KernelFrontend.Dispatch.BY_CONNECTION));
    }

    @Test
    void connectionsOfTheKernelAreCounted() {
        assertThat(statistics.sessions("api")).isEqualTo(2);
        assertThat(statistics.sessions("api", M1)).isEqualTo(2);
    }

    @Test
    void connectionsGoOnWhenTheProxyServesTheFrontendUntilTheyEnd() {
        statistics.track(view(KernelFrontend.Dispatch.BY_PROXY));
        assertThat(statistics.sessions("api")).isEqualTo(2);

        open.clear();
        statistics.track(view(KernelFrontend.Dispatch.BY_PROXY));
        assertThat(statistics.sessions("api")).isZero();
        assertThat(statistics.mostSessions("api")).isEqualTo(2);
    }

    @Test
    void frontendThatHasNoVirtualAddressAnyMoreHasNone() {
        statistics.track(ClusterView.NOTHING);

        assertThat(statistics.sessions("api")).isZero();
        assertThat(statistics.mostSessions("api")).isEqualTo(2);
    }

    @Test
    void frontendThatOnlyTheProxyServedIsNotLookedAt() {
        TrafficStatistics ofProxy = new TrafficStatistics(open);
        ofProxy.track(view(KernelFrontend.Dispatch.BY_PROXY));

        assertThat(ofProxy.sessions("api")).isZero();
    }

    @Test
    void closedTableIsNotAsked() {
        statistics.close();
        statistics.track(view(KernelFrontend.Dispatch.BY_CONNECTION));

        assertThat(open.askedAfterTheEnd).isFalse();
    }

    private static ClusterView view(KernelFrontend.Dispatch dispatch) {
        boolean proxied = dispatch == KernelFrontend.Dispatch.BY_PROXY;
        RingMember m1 = new RingMember(M1, 6443, 1, true, !proxied);
        KernelFrontend frontend =
                new KernelFrontend("api", "eth0", List.of(VIP), 8443, dispatch, List.of(m1), 0, proxied, false);
        return new ClusterView(List.of(), Certainty.SURE, Map.of("eth0", 2), true, List.of(frontend));
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    private static final class OpenConnections implements ConnectionTable {
        private final List<Connection> connections = new ArrayList<>();
        private boolean closed;
        private boolean askedAfterTheEnd;

        void add(InetAddress server) {
            connections.add(new Connection(address("10.86.13.9"), server, true, false, new byte[0]));
        }

        void clear() {
            connections.clear();
        }

        @Override
        public List<Connection> to(InetAddress address, int port) {
            askedAfterTheEnd |= closed;
            return List.copyOf(connections);
        }

        @Override
        public void forget(InetAddress address, Connection connection) {
            throw new UnsupportedOperationException("statistics change nothing");
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
