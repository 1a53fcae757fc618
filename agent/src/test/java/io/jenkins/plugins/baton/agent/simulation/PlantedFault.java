package io.jenkins.plugins.baton.agent.simulation;

import java.util.List;

/**
 * Mistakes that somebody might make one day, each as a change of one source file. The simulation has to find every one of
 * them; a change that does not match its file any more fails too, and is to be brought in step.
 *
 * @param file below the sources of the agent
 * @param before what stands there, once
 * @param after what stands there instead
 * @param test the scenario that finds it: class and method
 */
record PlantedFault(String name, String file, String before, String after, String test) {
    private static final String ELECTION = "vrrp.simulation.SimulationTest#";
    private static final String NODES = "simulation.NodeSimulationTest#";

    static final List<PlantedFault> ALL = List.of(
            new PlantedFault(
                    "no answer to a lower priority",
                    "vrrp/MasterRules.java",
                    "            assertMastership(transition);\n",
                    "",
                    ELECTION + "afterAPartitionTheWinnerAnnouncesItselfWhoeverHearsFirst"),
            new PlantedFault(
                    "skew forgotten",
                    "vrrp/Timers.java",
                    "return 3 * masterInterval + skew(router, masterInterval) + router.higherRanked(master) * masterInterval / 16;",
                    "return 3 * masterInterval;",
                    ELECTION + "deathOfTheMasterIsFollowedByOneTakeover"),
            new PlantedFault(
                    "lease not renewed",
                    "vrrp/MasterRules.java",
                    "transition.act(new Action.RenewLease());",
                    "",
                    NODES + "plannedMovesCostNothing"),
            new PlantedFault(
                    "stall guard gone",
                    "vrrp/StateMachine.java",
                    "        detectStall(transition);\n",
                    "",
                    NODES + "agentsThatEndOrStandStillCostNoConnection"),
            new PlantedFault(
                    "abstention forgotten",
                    "vrrp/BackupRules.java",
                    "                && backup.preemptionHold().isEmpty()\n",
                    "",
                    ELECTION + "inPlannedMovesSomebodyHasTheAddressesAtEveryMoment"),
            new PlantedFault(
                    "minority resets",
                    "plane/kernel/MinorityDetector.java",
                    "        return cutOff;",
                    "        return false;",
                    NODES + "nodeThatWasCutOffResetsNothing"),
            new PlantedFault(
                    "doubtful hosts forgotten",
                    "plane/kernel/DoubtfulHosts.java",
                    "        return since.values().stream().anyMatch(began -> now - began < length);",
                    "        return false;",
                    NODES + "hostThatIsLostCostsItsOwnConnectionsAlone"),
            new PlantedFault(
                    "map after VIP",
                    "daemon/VipMoves.java",
                    "last.get(",
                    "CompletableFuture.completedFuture(null).get(",
                    NODES + "hostThatIsLostCostsItsOwnConnectionsAlone"),
            new PlantedFault(
                    "adoption too short",
                    "plane/kernel/Adoption.java",
                    "Duration.ofSeconds(3)",
                    "Duration.ofMillis(300)",
                    NODES + "agentsThatEndOrStandStillCostNoConnection"),
            new PlantedFault(
                    "farewell of a stranger believed",
                    "vrrp/Statement.java",
                    "return advertised == 0 ? !isMaster() : isMaster() && advertised == priority;",
                    "return advertised == 0 || isMaster() && advertised == priority;",
                    NODES + "strangersMoveNothingAndAreReported"),
            new PlantedFault(
                    "drain ignored",
                    "plane/kernel/ClusterViewBuilder.java",
                    "boolean takesNew = chosen && reachable",
                    "boolean takesNew = reachable",
                    NODES + "plannedMovesCostNothing"));
}
