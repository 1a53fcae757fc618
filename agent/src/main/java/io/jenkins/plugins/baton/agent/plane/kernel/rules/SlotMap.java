package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which node each slot of the hash belongs to. A node has slots by its weight, and every slot has an order of nodes in
 * which it is handed on: its first claimant is the first of them that is not lost. So when a node is lost or comes back, its
 * own slots move and no other; and the first claimants follow from the weights and the lost nodes alone, so that all nodes
 * compute the same map without telling each other.
 *
 * <p>Nodes are numbers, 0 to n-1, in the order of the cluster file.
 */
final class SlotMap {
    static final int SLOTS = 128;

    private final int[] weights;
    /** For each slot, all nodes of positive weight in the order of their claim to it. */
    private final List<List<Integer>> heirs = new ArrayList<>();

    /** @param weights of each node, zero or more; a node of weight zero never owns a slot */
    SlotMap(List<Integer> weights) {
        this.weights = weights.stream().mapToInt(Integer::intValue).toArray();
        for (int slot = 0; slot < SLOTS; slot++) {
            heirs.add(new ArrayList<>());
        }
        long claimants = weights.stream().filter(weight -> weight > 0).count();
        for (int generation = 0; generation < claimants; generation++) {
            // Slots that have lost the same nodes, in whatever order, are shared out among the same survivors.
            for (Map.Entry<BitSet, List<Integer>> orphans : slotsByHeirs().entrySet()) {
                shareOut(orphans.getValue(), orphans.getKey());
            }
        }
    }

    private Map<BitSet, List<Integer>> slotsByHeirs() {
        Map<BitSet, List<Integer>> groups = new LinkedHashMap<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            BitSet lost = new BitSet();
            heirs.get(slot).forEach(lost::set);
            groups.computeIfAbsent(lost, key -> new ArrayList<>()).add(slot);
        }
        return groups;
    }

    /** Gives each orphan to the survivor that has the fewest slots for its weight while these nodes are lost. */
    private void shareOut(List<Integer> orphans, BitSet lost) {
        int[] owned = new int[weights.length];
        for (List<Integer> order : heirs) {
            for (int node : order) {
                if (!lost.get(node)) {
                    owned[node]++;
                    break;
                }
            }
        }
        for (int slot : orphans) {
            int heir = mostDeserving(owned, lost);
            heirs.get(slot).add(heir);
            owned[heir]++;
        }
    }

    private int mostDeserving(int[] owned, BitSet lost) {
        int best = -1;
        for (int node = 0; node < weights.length; node++) {
            // (owned + 1) / weight, smallest first, without fractions; it is infinite for a weight of zero
            if (!lost.get(node)
                    && (best < 0 || (owned[node] + 1L) * weights[best] < (owned[best] + 1L) * weights[node])) {
                best = node;
            }
        }
        return best;
    }

    /** All nodes of positive weight. Packets of this slot go to the first of them that is not lost. */
    List<Integer> heirs(int slot) {
        return List.copyOf(heirs.get(slot));
    }
}
