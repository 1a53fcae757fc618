package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.cluster.Check;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.jmx.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the tracked checks say of a virtual router.
 *
 * @param adjustment what the weights add to its priority
 * @param fault why a check without weight rules this node out
 */
record Tracking(int adjustment, Optional<String> fault) {

    /**
     * A check without a verdict yet neither fails nor succeeds: an agent that starts takes part as it is.
     *
     * @param checks of the cluster file, by name
     * @param healths by the check's name
     */
    static Tracking of(VirtualRouter router, Map<String, Check> checks, Map<String, Health> healths) {
        int adjustment = 0;
        List<String> faults = new ArrayList<>();
        for (String name : router.track()) {
            Check check = checks.get(name);
            Health health = healths.getOrDefault(name, Health.UNKNOWN);
            if (check.weight().isEmpty()) {
                if (health == Health.DOWN) {
                    faults.add(name);
                }
            } else {
                int weight = check.weight().getAsInt();
                boolean counts = weight < 0 ? health == Health.DOWN : health == Health.UP;
                adjustment += counts ? weight : 0;
            }
        }
        Optional<String> fault =
                faults.isEmpty() ? Optional.empty() : Optional.of("check " + String.join(", ", faults) + " fails");
        return new Tracking(adjustment, fault);
    }
}
