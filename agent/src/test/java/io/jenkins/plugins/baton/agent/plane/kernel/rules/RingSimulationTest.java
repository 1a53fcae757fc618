package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend.Dispatch;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A cluster whose nodes disagree about who serves, and the way of one packet of a client through it. The decisions are
 * those from which the rules are written; what the kernel does with the rules, DirectReturnIT shows.
 */
class RingSimulationTest {
    private static final OptionalInt NOBODY_SERVES = OptionalInt.empty();
    private static final int NOBODY = -1;

    /**
     * @param beliefs what each node thinks of all nodes; nodes that are not there think nothing
     * @param home the node that has the connection
     * @param holder the node that the client's packet comes to, which is there
     * @param slot the hash of the connection
     */
    record Cluster(List<KernelFrontend> beliefs, int home, int holder, int slot) {}

    @Provide
    Arbitrary<Cluster> clusters() {
        return Arbitraries.integers()
                .between(2, 7)
                .flatMap(nodes -> Combinators.combine(
                                Arbitraries.of(true, false).list().ofSize(nodes),
                                Arbitraries.of(SeatState.SERVING, SeatState.DRAINED)
                                        .array(SeatState[].class)
                                        .ofSize(nodes)
                                        .list()
                                        .ofSize(nodes),
                                Arbitraries.integers().between(0, nodes - 1),
                                Arbitraries.integers().between(0, nodes - 1),
                                Arbitraries.integers().between(0, SlotMap.SLOTS - 1))
                        .as(RingSimulationTest::cluster));
    }

    private static Cluster cluster(List<Boolean> there, List<SeatState[]> beliefs, int home, int holder, int slot) {
        List<KernelFrontend> frontends = IntStream.range(0, there.size())
                .mapToObj(own -> {
                    SeatState[] members = beliefs.get(own).clone();
                    for (int i = 0; i < members.length; i++) {
                        if (!there.get(i) && i != home && i != holder) {
                            members[i] = SeatState.ABSENT;
                        }
                    }
                    return Views.frontend("10.86.13.36", 8443, own, Dispatch.BY_CONNECTION, members);
                })
                .toList();
        return new Cluster(frontends, home, holder, slot);
    }

    @Property
    void everyEstablishedConnectionReachesItsBackendWhateverTheNodesThinkOfOneAnother(
            @ForAll("clusters") Cluster cluster) {
        assertThat(endOfTheWay(cluster, cluster.home())).isIn(OptionalInt.of(cluster.home()), NOBODY_SERVES);
    }

    @Property
    void packetOfNobodysConnectionEndsAtANodeThatAnswersWithAReset(@ForAll("clusters") Cluster cluster) {
        OptionalInt end = endOfTheWay(cluster, NOBODY);

        assertThat(end.stream()).allMatch(node -> present(cluster, node));
    }

    /** The node whose stack gets the packet; none when the holder thinks that nobody serves, and resets at once. */
    private static OptionalInt endOfTheWay(Cluster cluster, int home) {
        List<Integer> claimants =
                cluster.beliefs().get(cluster.holder()).claimants().get(cluster.slot());
        if (claimants.isEmpty()) {
            return NOBODY_SERVES;
        }
        int at = claimants.get(0);
        int mark = 0;
        while (at != home && mark != KernelFrontend.LAST_HOP) {
            KernelFrontend here = cluster.beliefs().get(at);
            if (here.others().isEmpty()) {
                break;
            }
            mark = mark == 0 ? here.firstHop() : mark + 1;
            at = here.others().get(0);
        }
        return OptionalInt.of(at);
    }

    private static boolean present(Cluster cluster, int node) {
        return cluster.beliefs().get(0).members().get(node).present();
    }
}
