package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** What the rules of a view do with a packet; RulesetIT and DirectReturnIT show that the kernel does the same. */
public final class SimulatedRules {
    public static final int LAST_HOP = KernelFrontend.LAST_HOP;

    /** The shares of the slots are the same in many clusters. */
    private static final Map<List<RingMember>, List<List<Integer>>> CLAIMANTS = new ConcurrentHashMap<>();

    private SimulatedRules() {}

    /** The members that claim a slot, in their order. */
    public static List<Integer> claimants(KernelFrontend frontend, int slot) {
        if (CLAIMANTS.size() > 20_000) {
            CLAIMANTS.clear();
        }
        return CLAIMANTS
                .computeIfAbsent(frontend.members(), members -> frontend.claimants())
                .get(slot % SlotMap.SLOTS);
    }

    /** Who gets a packet next that this node does not know; empty: nobody, the way ends here. */
    public static OptionalInt next(ClusterView view, int mark) {
        return mark == LAST_HOP ? OptionalInt.empty() : view.frontends().get(0).next();
    }

    /** The mark with which it gets there. */
    public static int mark(KernelFrontend frontend, int mark) {
        return mark == 0 ? frontend.firstHop() : mark + 1;
    }
}
