package io.jenkins.plugins.baton.agent.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** How connections are spread, whatever the weights. */
class SpreadProperties {
    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    @Property(tries = 200)
    void roundRobinGivesEveryServerExactlyItsShareInEachRound(
            @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 0, max = 256) Integer> weights) {
        List<FakeServer> servers = servers(weights);
        int round = weights.stream().mapToInt(Integer::intValue).sum();
        RoundRobin<FakeServer> balancer = new RoundRobin<>(servers);
        for (int rounds = 0; rounds < 2; rounds++) {
            Map<FakeServer, Integer> counts = count(balancer, round);
            servers.forEach(server -> assertThat(counts.getOrDefault(server, 0)).isEqualTo(server.weight));
        }
    }

    @Property(tries = 200)
    void roundRobinNeverGoesFarAheadOfTheShare(
            @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 20) Integer> weights) {
        List<FakeServer> servers = servers(weights);
        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        RoundRobin<FakeServer> balancer = new RoundRobin<>(servers);
        Map<FakeServer, Integer> counts = new HashMap<>();
        for (int choices = 1; choices <= sum; choices++) {
            counts.merge(balancer.choose(CLIENT, Set.of()), 1, Integer::sum);
            for (FakeServer server : servers) {
                double share = (double) choices * server.weight / sum;
                assertThat((double) counts.getOrDefault(server, 0)).isCloseTo(share, within((double) servers.size()));
            }
        }
    }

    @Property(tries = 200)
    void leastConnectionsKeepsLoadsInProportionToWeights(
            @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 1, max = 256) Integer> weights,
            @ForAll @IntRange(min = 1, max = 2000) int connections) {
        List<FakeServer> servers = servers(weights);
        LeastConnections<FakeServer> balancer = new LeastConnections<>(servers);
        for (int i = 0; i < connections; i++) {
            balancer.choose(CLIENT, Set.of()).connections++;
        }
        // Nobody had a lower load than the one that was chosen last, before it was chosen.
        for (FakeServer one : servers) {
            for (FakeServer other : servers) {
                assertThat((one.connections - 1) * (double) other.weight)
                        .isLessThanOrEqualTo(other.connections * (double) one.weight);
            }
        }
    }

    @Property(tries = 100)
    void sourceSendsTheSameClientToTheSameServer(@ForAll int client, @ForAll long seed) {
        List<FakeServer> servers = servers(List.of(1, 2, 3, 4));
        FakeServer first = new SourceHash<>(servers).choose(address(client), Set.of());
        List<FakeServer> inOtherOrder = new ArrayList<>(servers);
        Collections.shuffle(inOtherOrder, new Random(seed));
        assertThat(new SourceHash<>(inOtherOrder).choose(address(client), Set.of()))
                .isSameAs(first);
    }

    @Property(tries = 50)
    void sourceMovesOnlyTheClientsOfTheServerThatWentAndBringsThemBack(
            @ForAll @Size(min = 2, max = 7) List<@IntRange(min = 1, max = 256) Integer> weights,
            @ForAll @IntRange(min = 0, max = 6) int which) {
        List<FakeServer> servers = servers(weights);
        FakeServer gone = servers.get(which % servers.size());
        SourceHash<FakeServer> balancer = new SourceHash<>(servers);
        for (int client = 0; client < 200; client++) {
            gone.standing = Server.Standing.READY;
            FakeServer before = balancer.choose(address(client * 7919), Set.of());
            gone.standing = Server.Standing.FAILING;
            FakeServer without = balancer.choose(address(client * 7919), Set.of());
            if (before == gone) {
                assertThat(without).isNotSameAs(gone);
            } else {
                assertThat(without).isSameAs(before);
            }
        }
    }

    @Property(tries = 20)
    void sourceSpreadsManyClientsByWeight(
            @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 10) Integer> weights) {
        List<FakeServer> servers = servers(weights);
        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        SourceHash<FakeServer> balancer = new SourceHash<>(servers);
        Map<FakeServer, Integer> counts = new HashMap<>();
        int clients = 20_000;
        for (int client = 0; client < clients; client++) {
            counts.merge(balancer.choose(address(client), Set.of()), 1, Integer::sum);
        }
        for (FakeServer server : servers) {
            double share = (double) server.weight / sum;
            assertThat((double) counts.getOrDefault(server, 0) / clients).isCloseTo(share, within(0.02));
        }
    }

    private static List<FakeServer> servers(List<Integer> weights) {
        return IntStream.range(0, weights.size())
                .mapToObj(i -> new FakeServer("m" + (i + 1), weights.get(i)))
                .toList();
    }

    private static Map<FakeServer, Integer> count(Balancer<FakeServer> balancer, int choices) {
        Map<FakeServer, Integer> counts = new HashMap<>();
        for (int i = 0; i < choices; i++) {
            counts.merge(balancer.choose(CLIENT, Set.of()), 1, Integer::sum);
        }
        return counts;
    }

    private static InetAddress address(int bits) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
