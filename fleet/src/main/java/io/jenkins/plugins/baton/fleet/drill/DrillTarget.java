package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Targets;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.probe.Target;
import java.util.Optional;

/**
 * Whom a drill hits, and where its client connects. Pure.
 *
 * @param cluster all of it
 * @param router the virtual router whose address clients connect to
 * @param frontend where they connect
 * @param client the same as an endpoint
 * @param node the one to hit
 * @param holder who held the virtual address before
 */
record DrillTarget(
        Cluster cluster, VirtualRouter router, Frontend frontend, Target client, String node, String holder) {

    /** The part that the cluster file alone decides: mistakes are found before any node is asked. */
    record Place(ClusterFile file, VirtualRouter router, Frontend frontend, Target client) {
        /** @throws FleetException BAD_INPUT when this cluster file allows no such drill */
        static Place of(ClusterFile file, Plan plan) throws FleetException {
            Cluster cluster = file.cluster();
            Optional<Frontend> reached = cluster.frontends().stream()
                    .filter(one -> !Targets.of(cluster, one).isEmpty())
                    .findFirst();
            if (reached.isEmpty() || cluster.virtualRouters().isEmpty()) {
                throw FleetException.badInput("a drill needs a virtual router and a frontend to connect to, and "
                        + file.path() + " does not have both");
            }
            Frontend frontend = reached.get();
            Target client = Targets.of(cluster, frontend).get(0);
            if (plan.probing().requests().isPresent() && client.path().isEmpty()) {
                throw FleetException.badInput("requests need a frontend that speaks HTTP, and the check of "
                        + frontend.name() + " in " + file.path() + " is not of type http or https");
            }
            if (plan.node().isPresent() && cluster.node(plan.node().get()).isEmpty()) {
                throw FleetException.badInput("there is no node " + plan.node().get() + " in " + file.path());
            }
            VirtualRouter router = cluster.virtualRouters().stream()
                    .filter(r -> r.addresses().stream()
                            .anyMatch(a -> a.address().equals(client.address().getAddress())))
                    .findFirst()
                    .orElse(cluster.virtualRouters().get(0));
            return new Place(file, router, frontend, client);
        }

        /**
         * @param view of a steady cluster
         * @throws FleetException BAD_INPUT when the scenario cannot hit that node
         */
        DrillTarget now(Plan plan, View view) throws FleetException {
            String holder = view.holder(router.name()).orElseThrow();
            String node = plan.node().orElse(holder);
            if (plan.scenario() == Scenario.HANDOVER && !node.equals(holder)) {
                throw FleetException.badInput("only the holder can hand over, and that is " + holder + ", not " + node);
            }
            return new DrillTarget(file.cluster(), router, frontend, client, node, holder);
        }
    }
}
