package io.jenkins.plugins.baton.fleet.deploy.plan;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.status.View;
import java.util.List;
import java.util.stream.Stream;

/** Which node has its turn when. Pure. */
public final class TurnOrder {
    private TurnOrder() {}

    /** Holders of virtual addresses last. Before the first deployment a running keepalived says who that is. */
    public static List<Change> of(List<Change> changes, Cluster cluster, View view) {
        return Stream.of(false, true)
                .flatMap(last -> changes.stream().filter(change -> holds(change, cluster, view) == last))
                .toList();
    }

    private static boolean holds(Change change, Cluster cluster, View view) {
        return change.holdsAddress()
                || cluster.virtualRouters().stream()
                        .anyMatch(router -> view.masters(router.name()).contains(change.node()));
    }
}
