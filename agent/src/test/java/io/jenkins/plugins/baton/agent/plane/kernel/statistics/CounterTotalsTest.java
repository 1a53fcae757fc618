package io.jenkins.plugins.baton.agent.plane.kernel.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.Certainty;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Counter;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.RingMember;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CounterTotalsTest {
    private static final InetAddress VIP = address("10.86.13.36");
    private static final Endpoint M1 = new Endpoint(address("10.86.13.30"), 6443);
    private static final Endpoint M2 = new Endpoint(address("10.86.13.31"), 6443);

    private final CounterTotals totals = new CounterTotals();

    @Test
    void countsGoOnWhenTheRulesAreReplaced() {
        totals.read(view(M1, M2), listing(3, 5));
        totals.restart();
        totals.read(view(M1, M2), listing(1, 0));

        assertThat(connectionsTo(M1)).isEqualTo(4);
        assertThat(connectionsTo(M2)).isEqualTo(5);
    }

    @Test
    void nodeThatIsTakenOutLeavesItsCountsToNobody() {
        totals.read(view(M1, M2), listing(3, 5));
        totals.restart();
        totals.read(view(M2), listing(2));

        assertThat(connectionsTo(M2)).isEqualTo(7);
    }

    @Test
    void sumOfAFrontendDoesNotFallWhenABackendIsTakenOut() {
        totals.read(view(M1, M2), listing(3, 5));
        assertThat(totals.of("api", Counter.CONNECTIONS)).isEqualTo(8);
        totals.restart();
        totals.read(view(M2), listing(2));

        assertThat(totals.of("api", Counter.CONNECTIONS)).isEqualTo(10);
        assertThat(totals.of("another", Counter.CONNECTIONS)).isZero();
    }

    @Test
    void countsGoOnWhenAStrangerResetsTheCounters() {
        totals.read(view(M1, M2), listing(3, 5));
        totals.read(view(M1, M2), listing(1, 6));
        totals.read(view(M1, M2), listing(2, 6));

        assertThat(connectionsTo(M1)).isEqualTo(5);
        assertThat(totals.of("api", Counter.CONNECTIONS)).isEqualTo(11);
    }

    /** Of the frontend as it was; what the proxy does for it is counted there. */
    @Test
    void countsStayWhenTheProxyServesTheFrontend() {
        totals.read(view(M1, M2), listing(3, 5));
        totals.restart();
        totals.read(ClusterView.NOTHING, "");

        assertThat(connectionsTo(M1)).isEqualTo(3);
        assertThat(totals.of("api", Counter.CONNECTIONS)).isEqualTo(8);
        assertThat(totals.of("api", new Endpoint(M1.address(), 7443), Counter.CONNECTIONS))
                .as("another server at that address")
                .isZero();
    }

    private long connectionsTo(Endpoint server) {
        return totals.of("api", server, Counter.CONNECTIONS);
    }

    private static ClusterView view(Endpoint... servers) {
        List<RingMember> members = Stream.of(servers)
                .map(server -> new RingMember(server.address(), server.port(), 1, true, true))
                .toList();
        KernelFrontend frontend = new KernelFrontend(
                "api", "eth0", List.of(VIP), 8443, KernelFrontend.Dispatch.BY_CONNECTION, members, 0, false, false);
        return new ClusterView(List.of(), Certainty.SURE, Map.of("eth0", 2), true, List.of(frontend));
    }

    /** As nftables prints the counters of connections, in the order of the members. */
    private static String listing(int... connections) {
        StringBuilder text = new StringBuilder("table ip baton {\n");
        for (int member = 0; member < connections.length; member++) {
            text.append("\tcounter ")
                    .append(Counter.CONNECTIONS.of(0, member))
                    .append(" {\n\t\tpackets ")
                    .append(connections[member])
                    .append(" bytes 60\n\t}\n");
        }
        return text.append("}\n").toString();
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
