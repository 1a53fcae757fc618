package io.jenkins.plugins.baton.agent.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may be chosen at all, which is the same for every algorithm. */
class BalancerTest {
    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    enum Algorithm {
        ROUND_ROBIN(RoundRobin::new),
        LEAST_CONNECTIONS(LeastConnections::new),
        SOURCE(SourceHash::new);

        private final Function<List<FakeServer>, Balancer<FakeServer>> constructor;

        Algorithm(Function<List<FakeServer>, Balancer<FakeServer>> constructor) {
            this.constructor = constructor;
        }

        Balancer<FakeServer> over(FakeServer... servers) {
            return constructor.apply(List.of(servers));
        }
    }

    private final FakeServer a = new FakeServer("a", 1);
    private final FakeServer b = new FakeServer("b", 1);
    private final FakeServer spare = new FakeServer("spare", 1).asBackup();

    @ParameterizedTest
    @EnumSource
    void serverThatIsDownIsNotChosenWhileAnotherIsUp(Algorithm algorithm) {
        a.standing = Server.Standing.FAILING;
        assertThat(chosen(algorithm.over(a, b), 50)).containsOnly(b);
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyIsReadyTheDoubtfulAreTriedBeforeTheFailing(Algorithm algorithm) {
        a.standing = Server.Standing.FAILING;
        b.standing = Server.Standing.DOUBTFUL;
        Balancer<FakeServer> balancer = algorithm.over(a, b);
        assertThat(chosen(balancer, 10)).containsOnly(b);
        assertThat(balancer.choose(CLIENT, Set.of(b))).isSameAs(a);
        assertThat(balancer.hasChoice(Set.of(b), Server.Standing.DOUBTFUL)).isFalse();
        assertThat(balancer.hasChoice(Set.of(b), Server.Standing.FAILING)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void serverThatAnOperatorClosedIsNeverChosen(Algorithm algorithm) {
        a.standing = Server.Standing.CLOSED;
        assertThat(algorithm.over(a).choose(CLIENT, Set.of())).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void serverOfWeightZeroIsNeverChosen(Algorithm algorithm) {
        a.weight = 0;
        assertThat(chosen(algorithm.over(a, b), 50)).containsOnly(b);
        assertThat(algorithm.over(a).choose(CLIENT, Set.of())).isNull();
    }

    @Test
    void equalServersTakeTurnsInTheOrderOfTheFile() {
        assertThat(chosen(Algorithm.ROUND_ROBIN.over(a, b), 4)).containsExactly(a, b, a, b);
        assertThat(chosen(Algorithm.LEAST_CONNECTIONS.over(a, b), 4)).containsExactly(a, b, a, b);
    }

    /** All nodes send a client to the same server, and still do when they run two versions. */
    @Test
    void clientGetsTheSameServerFromEveryVersion() {
        Balancer<FakeServer> balancer =
                Algorithm.SOURCE.over(new FakeServer("m1", 1), new FakeServer("m2", 1), new FakeServer("m3", 1));

        assertThat(IntStream.range(0, 60)
                        .mapToObj(client ->
                                balancer.choose(client(client), Set.of()).name())
                        .map(name -> name.substring(1))
                        .collect(Collectors.joining()))
                .isEqualTo("211312111132332331231311312222213311121221132312112322112222");
    }

    @ParameterizedTest
    @EnumSource
    void serverThatWasTriedIsNotTriedAgain(Algorithm algorithm) {
        Balancer<FakeServer> balancer = algorithm.over(a, b);
        Set<FakeServer> tried = new HashSet<>();
        FakeServer first = balancer.choose(CLIENT, tried);
        tried.add(first);
        FakeServer second = balancer.choose(CLIENT, tried);
        assertThat(Set.of(first, second)).containsExactlyInAnyOrder(a, b);
        tried.add(second);
        assertThat(balancer.hasChoice(tried, Server.Standing.FAILING)).isFalse();
        assertThat(balancer.choose(CLIENT, tried)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void backupWaitsUntilNoOtherIsUp(Algorithm algorithm) {
        Balancer<FakeServer> balancer = algorithm.over(a, spare);
        assertThat(chosen(balancer, 10)).containsOnly(a);
        a.standing = Server.Standing.FAILING;
        assertThat(chosen(balancer, 10)).containsOnly(spare);
        a.standing = Server.Standing.READY;
        assertThat(chosen(balancer, 10)).containsOnly(a);
    }

    @ParameterizedTest
    @EnumSource
    void backupHelpsAConnectionThatTriedAllOthersInVain(Algorithm algorithm) {
        assertThat(algorithm.over(a, spare).choose(CLIENT, Set.of(a))).isSameAs(spare);
    }

    @ParameterizedTest
    @EnumSource
    void fullServersDoNotWakeTheBackup(Algorithm algorithm) {
        a.limit = 1;
        a.connections = 1;
        assertThat(algorithm.over(a, spare).choose(CLIENT, Set.of())).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void fullServerIsPassedOver(Algorithm algorithm) {
        a.limit = 1;
        a.connections = 1;
        assertThat(chosen(algorithm.over(a, b), 50)).containsOnly(b);
    }

    @ParameterizedTest
    @EnumSource
    void withoutServersThereIsNoChoice(Algorithm algorithm) {
        assertThat(algorithm.over().choose(CLIENT, Set.of())).isNull();
    }

    private static InetAddress client(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError("4 octets are an address", e);
        }
    }

    private static List<FakeServer> chosen(Balancer<FakeServer> balancer, int times) {
        return new ArrayList<>(IntStream.range(0, times)
                .mapToObj(i -> balancer.choose(CLIENT, Set.of()))
                .toList());
    }
}
