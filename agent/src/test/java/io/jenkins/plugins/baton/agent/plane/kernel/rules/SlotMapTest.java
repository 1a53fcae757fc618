package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SlotMapTest {

    /**
     * @param weights one for each node
     * @param lost nodes
     * @param node one more that is lost, or comes back
     */
    record Case(List<Integer> weights, Set<Integer> lost, int node) {}

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.integers()
                .between(1, 9)
                .flatMap(nodes -> Combinators.combine(
                                Arbitraries.integers().between(0, 20).list().ofSize(nodes),
                                Arbitraries.integers()
                                        .between(0, nodes - 1)
                                        .set()
                                        .ofMaxSize(nodes),
                                Arbitraries.integers().between(0, nodes - 1))
                        .as(Case::new));
    }

    @Test
    void threeNodesOfOneWeightShareTheSlotsEvenly() {
        SlotMap map = new SlotMap(List.of(100, 100, 100));

        assertThat(owned(map, Set.of(), 3)).containsExactly(43, 43, 42);
        assertThat(owned(map, Set.of(1), 3)).containsExactly(64, 0, 64);
        assertThat(owned(map, Set.of(0, 2), 3)).containsExactly(0, 128, 0);
    }

    @Test
    void slotsFollowTheWeights() {
        assertThat(owned(new SlotMap(List.of(1, 2, 5)), Set.of(), 3)).containsExactly(16, 32, 80);
    }

    @Test
    void nodeOfWeightZeroOwnsNothing() {
        assertThat(owned(new SlotMap(List.of(1, 0, 1)), Set.of(), 3)).containsExactly(64, 0, 64);
        assertThat(claimant(new SlotMap(List.of(1, 0)), 7, Set.of(0))).isEmpty();
    }

    @Test
    void nobodyOwnsASlotWhenAllAreLost() {
        assertThat(claimant(new SlotMap(List.of(1, 1)), 0, Set.of(0, 1))).isEmpty();
    }

    @Test
    void neighbouringSlotsBelongToDifferentNodes() {
        SlotMap map = new SlotMap(List.of(1, 1, 1));

        assertThat(IntStream.range(1, SlotMap.SLOTS)
                        .filter(slot -> claimant(map, slot, Set.of()).equals(claimant(map, slot - 1, Set.of()))))
                .isEmpty();
    }

    @Property
    void onlyTheSlotsOfANodeThatIsLostMove(@ForAll("cases") Case c) {
        SlotMap map = new SlotMap(c.weights());
        Set<Integer> more = with(c.lost(), c.node());

        assertThat(slots())
                .filteredOn(slot -> !claimant(map, slot, c.lost()).equals(OptionalInt.of(c.node())))
                .allMatch(slot -> claimant(map, slot, more).equals(claimant(map, slot, c.lost())));
    }

    @Property
    void anySurvivorOfPositiveWeightOwnsAllThatIsToBeOwned(@ForAll("cases") Case c) {
        SlotMap map = new SlotMap(c.weights());
        boolean survivor = IntStream.range(0, c.weights().size())
                .anyMatch(node -> c.weights().get(node) > 0 && !c.lost().contains(node));

        assertThat(slots()).allMatch(slot -> claimant(map, slot, c.lost()).isPresent() == survivor);
        assertThat(slots().stream()
                        .flatMapToInt(slot -> claimant(map, slot, c.lost()).stream())
                        .boxed())
                .allMatch(claimant -> c.weights().get(claimant) > 0 && !c.lost().contains(claimant));
    }

    /** Two of the nodes may differ by the rounding of their own slots, and by that of what they inherited. */
    @Property
    void survivorsOfOneLossShareAsTheirWeightsSay(@ForAll("cases") Case c) {
        Set<Integer> lost = Set.of(c.node());
        int[] owned = owned(new SlotMap(c.weights()), lost, c.weights().size());
        long total = IntStream.range(0, owned.length)
                .filter(node -> node != c.node())
                .mapToLong(c.weights()::get)
                .sum();
        Assume.that(total > 0);

        for (int node = 0; node < owned.length; node++) {
            if (node != c.node()) {
                double fair = (double) SlotMap.SLOTS * c.weights().get(node) / total;
                assertThat(owned[node]).isBetween((int) Math.floor(fair) - 2, (int) Math.ceil(fair) + 2);
            }
        }
    }

    /** Of two to seven nodes any may be lost; the share of each survivor is 18 slots or more. */
    @Test
    void evenNodesStayEvenWhoeverIsLost() {
        for (int nodes = 2; nodes <= 7; nodes++) {
            SlotMap map = new SlotMap(Collections.nCopies(nodes, 100));
            for (int losses = 0; losses < (1 << nodes) - 1; losses++) {
                BitSet lost = BitSet.valueOf(new long[] {losses});
                int[] owned = owned(map, lost.stream().boxed().collect(Collectors.toSet()), nodes);
                int[] survivors = IntStream.range(0, nodes)
                        .filter(node -> !lost.get(node))
                        .map(n -> owned[n])
                        .toArray();
                IntSummaryStatistics shares = IntStream.of(survivors).summaryStatistics();

                assertThat(shares.getMax() - shares.getMin())
                        .as("%d nodes, lost %s", nodes, lost)
                        .isLessThanOrEqualTo(2);
            }
        }
    }

    /** The first heir that is not lost. */
    private static OptionalInt claimant(SlotMap map, int slot, Set<Integer> lost) {
        return map.heirs(slot).stream()
                .filter(node -> !lost.contains(node))
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private static List<Integer> slots() {
        return IntStream.range(0, SlotMap.SLOTS).boxed().toList();
    }

    private static Set<Integer> with(Set<Integer> lost, int node) {
        Set<Integer> more = new HashSet<>(lost);
        more.add(node);
        return more;
    }

    private static int[] owned(SlotMap map, Set<Integer> lost, int nodes) {
        int[] owned = new int[nodes];
        for (int slot = 0; slot < SlotMap.SLOTS; slot++) {
            claimant(map, slot, lost).ifPresent(claimant -> owned[claimant]++);
        }
        return owned;
    }
}
